package im.tombolo.core.port;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which post answers which, on both networks. Holds only posts that anybody may read. */
public interface Discussions {
  /** Inserts or replaces. */
  void add(Entry entry);

  void remove(URI id);

  Optional<Entry> find(URI id);

  /** Answers to one post, oldest first. */
  List<Entry> answers(URI parent, Optional<Entry> after, int max);

  long countAnswers(URI parent);

  /** Everything below and at a root, oldest first. */
  List<Entry> all(URI root, Optional<Entry> after, int max);

  long countAll(URI root);

  /** Actor ids of everybody who wrote in a discussion. */
  List<URI> authors(URI root, int max);

  /** What one actor wrote, in no order. */
  List<Entry> by(URI author, int max);

  /**
   * @param root id of the post that the discussion began with; the post itself when it began one
   * @param parent what it answers
   * @param author actor id
   */
  record Entry(URI id, URI root, Optional<URI> parent, URI author, Instant published) {}
}
