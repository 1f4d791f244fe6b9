package im.tombolo.xmpp;

import im.tombolo.core.xml.Element;

/** One thing that arrives on a stream. */
sealed interface Frame {
  /**
   * @param namespace default namespace of the stream, which tells a component port from others
   * @param id of the stream, part of the handshake
   */
  record Opened(String namespace, String id) implements Frame {}

  /** A stanza or the handshake, in the namespace jabber:client as far as it declares none. */
  record Whole(Element element) implements Frame {}

  /**
   * Framed well, but not to be read: deeper or larger than allowed, say.
   *
   * @param head the same element without what is in it; an empty name when not even that is clear
   */
  record Unreadable(String reason, Element head) implements Frame {}

  record Closed() implements Frame {}
}
