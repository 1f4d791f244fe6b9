package im.tombolo.core.model;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * Who may see a post.
 *
 * @param visibility how far it travels
 * @param people actor ids that are addressed by name, whatever the visibility; at most 100
 * @param collections what else is addressed and is not the public: followers of somebody
 * @param communities groups in which it is posted (FEP-1b12)
 */
public record Audience(
    Visibility visibility, Set<URI> people, Set<URI> collections, Set<URI> communities) {
  /** Everybody. */
  public static final Audience PUBLIC = new Audience(Visibility.PUBLIC, Set.of(), Set.of());

  public Audience {
    people = Set.copyOf(people);
    collections = Set.copyOf(collections);
    communities = Set.copyOf(Objects.requireNonNullElse(communities, Set.of()));
  }

  /** In no community. */
  public Audience(Visibility visibility, Set<URI> people, Set<URI> collections) {
    this(visibility, people, collections, Set.of());
  }

  /** Some people by name, who are all mentioned. */
  public static Audience direct(Set<URI> people) {
    return new Audience(Visibility.DIRECT, people, Set.of());
  }

  public Audience withVisibility(Visibility other) {
    return new Audience(other, people, collections, communities);
  }

  /** The same, posted in these communities. */
  public Audience in(Set<URI> groups) {
    return new Audience(visibility, people, collections, groups);
  }
}
