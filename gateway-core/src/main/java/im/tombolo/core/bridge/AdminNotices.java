package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.PubsubEvents;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.XmlWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What administrators are told in words, {@link PersonalNotices#MAX_AN_HOUR} an hour at most. Works
 * inside the caller's transaction.
 */
final class AdminNotices {
  private final BridgeSettings settings;

  AdminNotices(BridgeSettings settings) {
    this.settings = settings;
  }

  /**
   * @param key the same thing is told once
   * @param words a clause
   */
  void tell(Session session, String key, String words) {
    settings.moderation().choices().admins().forEach(admin -> tell(session, admin, key, words));
  }

  private void tell(Session session, Jid admin, String key, String words) {
    Instant hour = settings.clock().instant().truncatedTo(ChronoUnit.HOURS);
    if (session.noticeChoices().count(admin, hour) > PersonalNotices.MAX_AN_HOUR) {
      return;
    }
    Jid gateway = settings.virtual().component();
    Envelope envelope = new Envelope(gateway, admin, Ids.key("admin", key, admin.toString()));
    session
        .stanzas()
        .add(
            envelope.id(),
            admin,
            XmlWriter.write(
                PubsubEvents.words(
                    envelope,
                    PubsubEvents.YOU + " are told as administrator: " + words,
                    gateway.uri())));
  }
}
