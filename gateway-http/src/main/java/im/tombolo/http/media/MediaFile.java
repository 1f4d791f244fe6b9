package im.tombolo.http.media;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A copy.
 *
 * @param type media type that it may be served as, see {@link MediaTypes}
 * @param sha256 of what is in it, in hex
 * @param since when it was fetched
 */
public record MediaFile(Path path, String type, String sha256, long bytes, Instant since) {}
