package im.tombolo.app.admin;

import im.tombolo.core.activity.PublicKeys;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.KeyRotation;
import im.tombolo.core.bridge.KeyRotation.Shown;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET /keys?jid=} and {@code POST /keys/rotate?jid=}, for {@code tombolo keys}. A change
 * wants a header that no page of another site can make a browser send.
 */
public final class KeyPages extends Handler.Abstract {
  /** Has to be there, with any value, where something is changed. */
  public static final String CHANGES = "X-Tombolo-Command";

  private final KeyRotation keys;
  private final GatewayUrls urls;

  public KeyPages(KeyRotation keys, GatewayUrls urls) {
    this.keys = keys;
    this.urls = urls;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String question = request.getMethod() + " " + request.getHttpURI().getPath();
    switch (question) {
      case "GET /keys" -> answer(request, response, callback, keys::list);
      case "POST /keys/rotate" -> {
        if (request.getHeaders().contains(CHANGES)) {
          answer(request, response, callback, keys::rotate);
        } else {
          write(response, callback, 403, "A change wants the header " + CHANGES + ".\n");
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void answer(
      Request request, Response response, Callback callback, Function<Jid, Optional<Shown>> work) {
    Optional<Jid> actor =
        Optional.ofNullable(Request.extractQueryParameters(request).getValue("jid"))
            .flatMap(Jid::parse)
            .filter(jid -> urls.serves(jid) || jid.equals(urls.instanceJid()));
    if (actor.isEmpty()) {
      write(
          response,
          callback,
          400,
          "Give the JID of a served account, or "
              + urls.instanceJid()
              + " for the instance actor.\n");
      return;
    }
    Optional<Shown> shown = work.apply(actor.get());
    write(
        response,
        callback,
        shown.isPresent() ? 200 : 404,
        shown.map(KeyPages::text).orElse(actor.get() + " has no keys yet.\n"));
  }

  private static String text(Shown shown) {
    PublicKeys keys = shown.keys();
    StringBuilder out = new StringBuilder();
    line(out, shown.requestId(), "RSA", keys.rsaPem());
    line(out, shown.proofId(), "Ed25519", keys.ed25519Pem());
    keys.formerEd25519Pem()
        .ifPresent(former -> out.append("The keys before these still count for a while.\n"));
    return out.toString();
  }

  private static void line(StringBuilder out, String id, String kind, String pem) {
    out.append(id).append(' ').append(kind).append(" sha256:").append(print(pem)).append('\n');
  }

  /** The digest of the key in its SPKI form. */
  private static String print(String pem) {
    try {
      byte[] der = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static void write(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_LENGTH, text.getBytes(StandardCharsets.UTF_8).length);
    Content.Sink.write(response, true, text, callback);
  }
}
