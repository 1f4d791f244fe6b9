package im.tombolo.core.port;

import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.ReactionCounts;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Likes and emoji of people of both networks. */
public interface Reactions {
  /** Reactions to one post that are kept; more are not. */
  int MAX_OF_POST = 10_000;

  /**
   * Keeps a reaction, unless there are too many.
   *
   * @return false when it was there, or is one too many
   */
  boolean add(Reaction reaction);

  /** Of one person to one post: the like first. */
  List<Reaction> of(URI post, URI actor);

  Optional<Reaction> find(URI activity);

  /** What an item of a post's comments node said. */
  Optional<Reaction> findByItem(URI post, String item);

  void remove(Reaction reaction);

  /** To one post, in the order in which people began to react to it, each person's together. */
  List<Reaction> ofPost(URI post, int max);

  /** The likes of a post, oldest first. */
  List<Reaction> likes(URI post, int max);

  ReactionCounts count(URI post);

  /** Those of one person, in no order. */
  List<Reaction> ofActor(URI actor, int max);

  void removeOf(URI post);
}
