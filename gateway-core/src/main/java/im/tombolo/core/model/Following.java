package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An XMPP person's follow of a fediverse account.
 *
 * @param subscriber bare JID of the person
 * @param actor id of the account followed
 * @param addressed the virtual JID that the person wrote to; events come from it
 * @param followId id of our Follow activity
 * @param state how far it got
 * @param manner how the person wants it
 */
public record Following(
    Jid subscriber, URI actor, Jid addressed, URI followId, FollowState state, Manner manner) {

  public Following(Jid subscriber, URI actor, Jid addressed, URI followId, FollowState state) {
    this(subscriber, actor, addressed, followId, state, Manner.PLAIN);
  }

  /**
   * How somebody follows.
   *
   * @param asked that everybody may know, asked for with the subscription (XEP-0465)
   * @param listed that everybody may know, published by the person in a node of their own
   * @param presence the answer is awaited as presence, too
   * @param feeds what the person gets of the account
   */
  public record Manner(boolean asked, boolean listed, boolean presence, Set<Feed> feeds) {
    public static final Manner PLAIN = new Manner(false, false, false);

    /** Without anything to get as yet. */
    public static final Manner BEGINNING = new Manner(false, false, false, Set.of());

    public Manner {
      feeds = Set.copyOf(feeds);
    }

    /** Of somebody who gets the blog. */
    public Manner(boolean asked, boolean listed, boolean presence) {
      this(asked, listed, presence, Set.of(Feed.BLOG));
    }

    public Manner with(Feed feed) {
      return new Manner(
          asked,
          listed,
          presence,
          Stream.concat(feeds.stream(), Stream.of(feed)).collect(Collectors.toSet()));
    }

    public Manner without(Feed feed) {
      return new Manner(
          asked,
          listed,
          presence,
          feeds.stream().filter(other -> other != feed).collect(Collectors.toSet()));
    }

    /** Whether anybody may be told of it. */
    public boolean isPublic() {
      return asked || listed;
    }
  }

  public Following accepted() {
    return new Following(subscriber, actor, addressed, followId, FollowState.ACCEPTED, manner);
  }

  public Following again(Jid spelling, Manner wanted) {
    return new Following(subscriber, actor, spelling, followId, state, wanted);
  }
}
