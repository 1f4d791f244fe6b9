package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.JABBER_CLIENT;
import static im.tombolo.core.xml.Namespaces.PUBSUB_EVENT;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlReader;

/** A pubsub event that waits in the outbox towards XMPP. */
record Notice(Element message) {
  static Notice of(String xml) {
    return new Notice(XmlReader.strict().read(xml, JABBER_CLIENT).value().orElseThrow());
  }

  String from() {
    return message.attributeOr("from", "");
  }

  String to() {
    return message.attributeOr("to", "");
  }

  String id() {
    return message.attributeOr("id", "");
  }

  /** The only child of the event: items or subscription. */
  private Element change() {
    return message.child("event", PUBSUB_EVENT).orElseThrow().elements().getFirst();
  }

  String node() {
    return change().attributeOr("node", "");
  }

  /**
   * {@code item}, {@code retract}, {@code subscribed}, {@code pending} or {@code none}; of presence
   * {@code presence} and its type.
   */
  String kind() {
    if (message.name().equals("presence")) {
      return "presence " + message.attributeOr("type", "");
    }
    return change().name().equals("subscription")
        ? change().attributeOr("subscription", "")
        : change().elements().getFirst().name();
  }

  String itemId() {
    return change().elements().getFirst().attributeOr("id", "");
  }

  Element payload() {
    return change().elements().getFirst().elements().getFirst();
  }

  /** What the entry says: the text of its last title. */
  String title() {
    return payload().children("title", ATOM).getLast().text();
  }

  /** What a message says in words. */
  String body() {
    return message.child("body", JABBER_CLIENT).orElseThrow().text();
  }
}
