package im.tombolo.core.atom;

import im.tombolo.core.address.Jid;

/**
 * Who wrote something, as an entry says it.
 *
 * @param name what people call them
 * @param jid their bare JID; Movim believes it only if the publisher is the same, letter by letter
 */
public record Byline(String name, Jid jid) {}
