package im.tombolo.http.server;

import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.http.signature.SignatureCheck;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.io.IOException;
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

  Inboxes(SignatureCheck signatures, InboxDoor door, int maxBytes) {
    this.signatures = signatures;
    this.door = door;
    this.maxBytes = maxBytes;
  }

  Reply post(Query query) throws IOException {
    if (!isActivity(query.header("content-type").orElse(""))) {
      return Reply.text(415, "An activity is application/activity+json.");
    }
    Optional<byte[]> body = query.body().read(maxBytes);
    if (body.isEmpty()) {
      return Reply.text(413, "An activity may have " + maxBytes + " bytes.");
    }
    return switch (signatures.check(query.message(), body)) {
      case Outcome.Bad(String reason) -> refused(401, reason);
      case Outcome.Unknown(String reason) -> {
        LOG.debug("the key of an activity cannot be had now: {}", reason);
        yield Reply.tryLater();
      }
      case Outcome.Signed(URI owner) ->
          switch (door.receive(new String(body.get(), StandardCharsets.UTF_8), owner)) {
            case Verdict.Accepted accepted -> Reply.text(202, "Accepted.");
            case Verdict.Duplicate duplicate -> Reply.text(202, "Accepted before.");
            case Verdict.Refused(String reason, int status) -> refused(status, reason);
          };
    };
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
