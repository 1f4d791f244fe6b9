package im.tombolo.http.server;

import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.http.signature.SignatureCheck;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes activities: 202 once one is kept durably, else nothing happened. */
final class Inboxes {
  private static final Logger LOG = LoggerFactory.getLogger(Inboxes.class);

  private final SignatureCheck signatures;
  private final InboxDoor door;
  private final int maxBytes;
  private final BodyMemory memory;

  Inboxes(SignatureCheck signatures, InboxDoor door, ServerSettings.Limits limits) {
    this.signatures = signatures;
    this.door = door;
    this.maxBytes = limits.inboxBytes();
    this.memory = new BodyMemory(Math.max(limits.inboxMemory(), 2 * maxBytes));
  }

  Reply post(Query query) throws IOException {
    if (!isActivity(query.header("content-type").orElse(""))) {
      return Reply.text(415, "An activity is application/activity+json.");
    }
    long length = query.header("content-length").map(Inboxes::bytes).orElse(0L);
    if (length > maxBytes) {
      return tooLong();
    }
    try (BodyMemory.Share share = memory.share();
        InputStream in = query.body().open()) {
      byte[] body = share.read(in, maxBytes + 1);
      if (share.isShort()) {
        return Reply.full();
      }
      return body.length > maxBytes ? tooLong() : take(query, body);
    }
  }

  private Reply take(Query query, byte[] body) {
    String json = new String(body, StandardCharsets.UTF_8);
    if (door.isNoNews(json)) {
      return accepted();
    }
    return switch (signatures.check(query.message(), Optional.of(body))) {
      case Outcome.Bad(String reason) -> refused(401, reason);
      case Outcome.Unknown(String reason) -> {
        LOG.debug("the key of an activity cannot be had now: {}", reason);
        yield Reply.tryLater();
      }
      case Outcome.Unwelcome unwelcome -> refused(403, "somebody who is not talked to here");
      case Outcome.Signed(URI owner) ->
          switch (door.receive(json, owner)) {
            case Verdict.Accepted accepted -> accepted();
            case Verdict.Duplicate duplicate -> Reply.text(202, "Accepted before.");
            case Verdict.Refused(String reason, int status) -> refused(status, reason);
            case Verdict.TooMany tooMany -> Reply.tooMany();
            case Verdict.Full full -> Reply.full();
          };
    };
  }

  private static Reply accepted() {
    return Reply.text(202, "Accepted.");
  }

  private Reply tooLong() {
    return Reply.text(413, "An activity may have " + maxBytes + " bytes.");
  }

  /** What is no number Jetty has refused. */
  private static long bytes(String contentLength) {
    try {
      return Long.parseLong(contentLength.strip());
    } catch (NumberFormatException severalTimes) {
      return Long.MAX_VALUE;
    }
  }

  private static boolean isActivity(String contentType) {
    return switch (contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
      case "application/activity+json", "application/ld+json" -> true;
      default -> false;
    };
  }

  private static Reply refused(int status, String reason) {
    LOG.debug("an activity was refused: {}", reason);
    return Reply.text(status, "Refused: " + reason + ".");
  }
}
