package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Affiliation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What communities of either network decide about posts and people. */
public interface Decisions {
  /**
   * Nobody may comment on a post any more. Harmless when repeated.
   *
   * @param community its actor id
   */
  void lock(URI post, URI community);

  void unlock(URI post, URI community);

  boolean isLocked(URI post);

  /**
   * A community of the fediverse wants nothing more of somebody here.
   *
   * @param community its actor id
   */
  void ban(Jid person, URI community);

  void pardon(Jid person, URI community);

  boolean isBanned(Jid person, URI community);

  /** Who may do what in a community here, those left out who may do what anybody may. */
  Map<Jid, Affiliation> affiliations(Jid community);

  /** Replaces all of them. */
  void saveAffiliations(Jid community, Map<Jid, Affiliation> all);

  /** A community here shows a post before all others. False when it did before. */
  boolean pin(Jid community, URI post, Instant at);

  /** False when it did not. */
  boolean unpin(Jid community, URI post);

  /** What was pinned last comes first. */
  List<URI> pinned(Jid community, int max);
}
