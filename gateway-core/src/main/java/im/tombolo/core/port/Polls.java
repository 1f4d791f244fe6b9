package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Polls of served accounts, and who voted in them. */
public interface Polls {
  /** A new poll; nothing when it is there. */
  void add(Poll poll);

  /**
   * Counts a vote.
   *
   * @param multiple whether a person's second option counts as well
   * @return false when it was counted before, or is one too many
   */
  boolean vote(URI question, URI voter, String option, boolean multiple);

  /** Votes by option; options without any are left out. */
  Map<String, Long> counts(URI question);

  long voters(URI question);

  /** Polls with votes that were told of before {@code toldBefore} last, and those that ended. */
  List<Poll> due(Instant now, Instant toldBefore, int max);

  /** Followers know the counts as of now. */
  void told(URI question, Instant at, boolean closed);

  /** Newest first. */
  List<Poll> ofAccount(Jid account, int max);

  /**
   * @param question id of the post
   * @param account whose it is
   * @param key of the post
   */
  record Poll(URI question, Jid account, String key, Instant ends) {}
}
