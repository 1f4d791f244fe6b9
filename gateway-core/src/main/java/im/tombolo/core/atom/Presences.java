package im.tombolo.core.atom;

import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;

/** Answers of virtual JIDs to presence subscriptions (RFC 6121 §3). */
public final class Presences {
  private Presences() {}

  /**
   * @param type {@code subscribed} or {@code unsubscribed}
   */
  public static Element of(Envelope envelope, String type) {
    return Element.of("presence", Namespaces.JABBER_CLIENT)
        .attribute("from", envelope.from().toString())
        .attribute("to", envelope.to().toString())
        .attribute("id", envelope.id())
        .attribute("type", type)
        .build();
  }
}
