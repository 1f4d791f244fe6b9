package im.tombolo.core.model;

import java.net.URI;

/**
 * A picture of a server's own for a name in the text.
 *
 * @param name with its colons: {@code :blobcat:}
 * @param icon http or https address of the picture
 */
public record CustomEmoji(String name, URI icon) {}
