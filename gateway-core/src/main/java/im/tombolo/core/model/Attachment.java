package im.tombolo.core.model;

import java.net.URI;
import java.util.Optional;

/**
 * A file that belongs to a post.
 *
 * @param href http or https address
 * @param mediaType such as {@code image/png}
 * @param description the alternative text
 */
public record Attachment(URI href, Optional<String> mediaType, Optional<String> description) {}
