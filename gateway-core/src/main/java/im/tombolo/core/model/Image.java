package im.tombolo.core.model;

import java.net.URI;
import java.util.Optional;

/** A picture that is somewhere on the web, with its media type where it is known. */
public record Image(URI href, Optional<String> mediaType) {}
