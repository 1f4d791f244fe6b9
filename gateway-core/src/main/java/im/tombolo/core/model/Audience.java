package im.tombolo.core.model;

import java.net.URI;
import java.util.Set;

/**
 * Who may see a post.
 *
 * @param visibility how far it travels
 * @param people actor ids that are addressed by name, whatever the visibility; at most 100
 */
public record Audience(Visibility visibility, Set<URI> people) {
  /** Everybody. */
  public static final Audience PUBLIC = new Audience(Visibility.PUBLIC, Set.of());

  public Audience {
    people = Set.copyOf(people);
  }
}
