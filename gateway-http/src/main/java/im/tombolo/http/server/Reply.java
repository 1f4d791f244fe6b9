package im.tombolo.http.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to answer.
 *
 * @param headers beside Content-Type and those that every answer has
 * @param tag names the body (RFC 9110 §8.8.3)
 */
@SuppressWarnings("ArrayRecordComponent") // written to the wire, never changed
record Reply(int status, String type, Map<String, String> headers, byte[] body, String tag) {
  static final String ACTIVITY = "application/activity+json; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String CALENDAR = "text/calendar; charset=utf-8";
  static final String ATOM = "application/atom+xml; charset=utf-8";

  private static final String RETRY_AFTER = "30";

  Reply(int status, String type, Map<String, String> headers, byte[] body) {
    this(status, type, headers, body, tag(body));
  }

  static Reply of(int status, String type, String text) {
    return new Reply(status, type, Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply activity(String json) {
    return of(200, ACTIVITY, json);
  }

  static Reply text(int status, String sentence) {
    return of(status, "text/plain; charset=utf-8", sentence + "\n");
  }

  static Reply notFound() {
    return text(404, "There is nothing here.");
  }

  static Reply gone() {
    return text(410, "There was something here, and it is gone for good.");
  }

  static Reply tryLater() {
    return text(503, "The XMPP server or the database does not answer. Try again later.")
        .with("Retry-After", RETRY_AFTER);
  }

  /** Too much of this sender, who may come back after a minute. */
  static Reply tooMany() {
    return text(429, "Too much comes from you. Try again later.").with("Retry-After", "60");
  }

  /** Too much of everybody. */
  static Reply full() {
    return text(503, "Too much waits here. Try again later.").with("Retry-After", RETRY_AFTER);
  }

  Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, type, more, body, tag);
  }

  /** Not to be kept by anybody on the way. */
  Reply forAsker() {
    return with("Cache-Control", "private, no-store").with("Vary", "Accept, Signature");
  }

  private static String tag(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      return "\"" + text.substring(0, 22) + "\"";
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
