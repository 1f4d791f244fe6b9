package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a person here, for that person.
 *
 * @param account absent when they are not on the fediverse
 * @param membership absent when they said nothing about it
 * @param posts posts and comments, in no order
 * @param followers actor ids
 * @param blocks actor ids and domains
 * @param reactions in no order
 * @param messages in no order, without what they say, which is not kept
 * @param isComplete false where there is more than can be told
 */
public record PersonalData(
    Jid person,
    Instant at,
    Optional<Account> account,
    Optional<Membership> membership,
    NoticeChoice notices,
    List<LocalPost> posts,
    List<URI> followers,
    List<Following> following,
    List<String> blocks,
    List<Reaction> reactions,
    List<DirectMessage> messages,
    boolean isComplete) {

  public PersonalData {
    posts = List.copyOf(posts);
    followers = List.copyOf(followers);
    following = List.copyOf(following);
    blocks = List.copyOf(blocks);
    reactions = List.copyOf(reactions);
    messages = List.copyOf(messages);
  }
}
