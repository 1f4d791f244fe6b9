package im.tombolo.core.bridge;

import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Repeat;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.InstantSource;

/** Repeats that end, whoever ended them. Works inside the caller's transaction. */
final class Repeats {
  private final Notices notices;
  private final InstantSource clock;

  Repeats(Notices notices, BridgeSettings settings) {
    this.notices = notices;
    this.clock = settings.clock();
  }

  /** A post is gone, and with it every repeat. */
  void gone(Session session, URI post) {
    session.remotePosts().repeatsOf(post).forEach(kept -> end(session, kept));
  }

  void end(Session session, Kept kept) {
    kept.repeat().ifPresent(repeat -> end(session, repeat, kept.itemId()));
  }

  private void end(Session session, Repeat repeat, String itemId) {
    session.remotePosts().bury(repeat.id(), repeat.by(), clock.instant());
    notices.retract(session, repeat.by(), Namespaces.MICROBLOG, itemId);
  }
}
