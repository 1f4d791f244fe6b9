package im.tombolo.core.atom;

import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import java.util.Optional;

/**
 * What an Atom entry says.
 *
 * @param page {@code rel=alternate} of text/html, http or https
 */
public record Entry(Content content, Dates dates, Optional<String> page) {}
