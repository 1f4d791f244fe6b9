package im.tombolo.core.model;

import java.net.URI;
import java.util.Optional;

/**
 * An address that a post refers to beside its text (Atom {@code rel=related}).
 *
 * @param href any safe scheme: http, https, xmpp, mailto
 * @param title what people call it
 */
public record Link(URI href, Optional<String> title) {}
