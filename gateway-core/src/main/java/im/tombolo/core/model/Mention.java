package im.tombolo.core.model;

import java.net.URI;

/**
 * Somebody whom a post speaks to.
 *
 * @param target actor id on the fediverse, or the {@code xmpp:} address of a bare JID
 * @param name how the text calls them, such as {@code @ada@social.example}
 */
public record Mention(URI target, String name) {}
