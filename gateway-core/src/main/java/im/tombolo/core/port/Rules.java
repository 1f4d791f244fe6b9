package im.tombolo.core.port;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Whom the administrator does not want, and who of them has left something here. */
public interface Rules {
  /** How much of somebody is not wanted. */
  enum Severity {
    /** Nothing. */
    SUSPEND,
    /** No files. */
    MEDIA
  }

  /**
   * @param target a canonical domain, which stands for all below it, or an actor's id
   * @param comment for the administrator
   */
  record Rule(String target, Severity severity, String comment) {
    public boolean isActor() {
      return target.indexOf('/') >= 0;
    }
  }

  /** Differs after each change. */
  record State(long rules, long version) {}

  State state();

  /** Adds or replaces. */
  void add(Rule rule);

  /** True when there was one. */
  boolean remove(String target);

  /** In alphabetical order. */
  List<Rule> all(int max);

  /** Actors who are known here or follow or are followed, in a stable order. */
  List<URI> actors(Optional<URI> after, int max);

  /** Servers for which something waits or is dead, in a stable order. */
  List<String> hosts(String after, int max);
}
