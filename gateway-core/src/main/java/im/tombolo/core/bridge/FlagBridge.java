package im.tombolo.core.bridge;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Excerpt;
import java.net.URI;
import java.util.Optional;

/** Reports of others (ActivityStreams Flag): for the administrators, and for nobody else. */
final class FlagBridge {
  private static final int MAX_TEXT = 300;

  private final BridgeSettings settings;
  private final AdminNotices notices;

  FlagBridge(BridgeSettings settings) {
    this.settings = settings;
    this.notices = new AdminNotices(settings);
  }

  /** Only what concerns somebody or something here is kept. */
  void flagged(Session session, IncomingActivity.Flag flag) {
    Optional<URI> ours = flag.objects().stream().filter(settings.urls()::isOurs).findFirst();
    if (ours.isPresent() && session.flags().add(flag, settings.clock().instant())) {
      notices.tell(
          session,
          "flag " + flag.id(),
          flag.actor()
              + " reports "
              + ours.get()
              + (flag.text().isEmpty() ? "" : ":\n" + Excerpt.of(flag.text(), MAX_TEXT))
              + "\ntombolo flags list has all of it.");
    }
  }
}
