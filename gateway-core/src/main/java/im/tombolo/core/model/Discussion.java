package im.tombolo.core.model;

import java.net.URI;
import java.util.Optional;

/**
 * Where a post stands among others.
 *
 * @param parent id of the post that it answers
 * @param context the collection of the whole discussion (FEP-7888), or an id without a document
 * @param replies the collection of answers to it
 */
public record Discussion(Optional<URI> parent, Optional<URI> context, Optional<URI> replies) {
  /** A post that stands alone. */
  public static final Discussion NONE =
      new Discussion(Optional.empty(), Optional.empty(), Optional.empty());

  /** An answer to a post. */
  public static Discussion under(URI parent) {
    return new Discussion(Optional.of(parent), Optional.empty(), Optional.empty());
  }
}
