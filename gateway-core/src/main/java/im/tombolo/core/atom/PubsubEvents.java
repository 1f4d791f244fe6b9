package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.PUBSUB_EVENT;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;

/** Notifications of virtual JIDs to their subscribers (XEP-0060 §7.1.2, §7.2.2, §8.6). */
public final class PubsubEvents {
  /** How {@link #words} begin: a place that no name before it can move. */
  public static final String YOU = "You";

  private PubsubEvents() {}

  /** Who tells whom, under which stanza id. */
  public record Envelope(Jid from, Jid to, String id) {}

  public static Element item(Envelope envelope, String node, Element item) {
    return event(
        envelope, Element.of("items", PUBSUB_EVENT).attribute("node", node).child(item).build());
  }

  public static Element retract(Envelope envelope, String node, String itemId) {
    return item(
        envelope, node, Element.of("retract", PUBSUB_EVENT).attribute("id", itemId).build());
  }

  /**
   * @param state {@code subscribed}, {@code pending} or {@code none}
   */
  public static Element subscription(Envelope envelope, String node, String state) {
    return event(
        envelope,
        Element.of("subscription", PUBSUB_EVENT)
            .attribute("node", node)
            .attribute("jid", envelope.to().toString())
            .attribute("subscription", state)
            .build());
  }

  /**
   * Tells somebody of an item that has to do with them, as XEP-0372 has it.
   *
   * @param whom the bare JID that is meant
   * @param item where to read
   * @param body words for clients that do not know references
   */
  public static Element mention(Envelope envelope, Jid whom, ItemAddress item, String body) {
    return Element.of("message", Namespaces.JABBER_CLIENT)
        .attribute("from", envelope.from().toString())
        .attribute("to", envelope.to().toString())
        .attribute("id", envelope.id())
        .attribute("type", "headline")
        .child(Element.of("body", Namespaces.JABBER_CLIENT).text(body).build())
        .child(
            Element.of("reference", Namespaces.REFERENCE)
                .attribute("type", "mention")
                .attribute("uri", whom.uri())
                .attribute("anchor", item.uri())
                .build())
        .child(Element.of("store", Namespaces.HINTS).build())
        .build();
  }

  /**
   * Tells somebody in words, which begin with "You", of what has to do with them (XEP-0372). Of
   * type {@code chat}: servers keep no headlines for who is away.
   *
   * @param words their first three characters mean who is told
   * @param anchor XMPP URI of what it is about
   */
  public static Element words(Envelope envelope, String words, String anchor) {
    return Element.of("message", Namespaces.JABBER_CLIENT)
        .attribute("from", envelope.from().toString())
        .attribute("to", envelope.to().toString())
        .attribute("id", envelope.id())
        .attribute("type", "chat")
        .child(Element.of("body", Namespaces.JABBER_CLIENT).text(words).build())
        .child(
            Element.of("reference", Namespaces.REFERENCE)
                .attribute("type", "mention")
                .attribute("begin", "0")
                .attribute("end", Integer.toString(YOU.length()))
                .attribute("uri", envelope.to().uri())
                .attribute("anchor", anchor)
                .build())
        .child(Element.of("store", Namespaces.HINTS).build())
        .build();
  }

  private static Element event(Envelope envelope, Element what) {
    return Element.of("message", Namespaces.JABBER_CLIENT)
        .attribute("from", envelope.from().toString())
        .attribute("to", envelope.to().toString())
        .attribute("id", envelope.id())
        .attribute("type", "headline")
        .child(Element.of("event", PUBSUB_EVENT).child(what).build())
        .build();
  }
}
