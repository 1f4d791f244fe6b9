package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.atom.Presences;
import im.tombolo.core.atom.PubsubEvents;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Pubsub events to the people here who follow an actor: one durable stanza for each accepted
 * follow, from the address that the follower wrote to. Works inside the caller's transaction.
 */
final class Notices {
  private static final int PAGE = 500;
  private static final int EXCERPT = 80;

  /**
   * @param item made for the address that it comes from, so that each alias gets its own
   * @param version what tells this notice from another one about the same actor and node
   */
  void item(Session session, URI actor, String node, Function<Jid, Element> item, String version) {
    each(
        session,
        actor,
        node,
        envelope -> PubsubEvents.item(envelope, node, item.apply(envelope.from())),
        "item",
        node,
        version);
  }

  void retract(Session session, URI actor, String node, String itemId) {
    each(
        session,
        actor,
        node,
        envelope -> PubsubEvents.retract(envelope, node, itemId),
        "retract",
        node,
        itemId);
  }

  /** Every accepted follow of an actor is over. */
  void ended(Session session, URI actor, String version) {
    for (Feed feed : Feed.values()) {
      each(
          session,
          actor,
          feed.node(),
          envelope -> PubsubEvents.subscription(envelope, feed.node(), "none"),
          "ended",
          feed.node(),
          version);
    }
    eachFollowing(
        session,
        actor,
        following -> {
          if (following.manner().presence()) {
            presence(session, following, "unsubscribed");
          }
        });
  }

  /** The answer to a presence subscription, or its end (RFC 6121 §3). */
  void presence(Session session, Following following, String type) {
    Envelope envelope = envelope(following, "presence", type, following.followId().toString());
    add(session, envelope, Presences.of(envelope, type));
  }

  /** How far one follow got, at each node by which it was asked for. */
  void subscription(Session session, Following following, String state) {
    following.manner().feeds().stream()
        .sorted()
        .map(Feed::node)
        .forEach(node -> {
          Envelope envelope =
              envelope(following, "subscription", node, state, following.followId().toString());
          add(session, envelope, PubsubEvents.subscription(envelope, node, state));
        });
  }

  /** Somebody's post is shown around. */
  void repeated(Session session, Posting posting, Jid by, URI announce) {
    Jid account = posting.author().jid();
    String id = Ids.key("repeated", announce.toString(), account.toString());
    Envelope envelope = new Envelope(by, account, id);
    String start =
        posting
            .content()
            .title()
            .orElseGet(() -> Excerpt.of(posting.content().body().toPlainText(), EXCERPT));
    add(
        session,
        envelope,
        PubsubEvents.mention(
            envelope,
            account,
            posting.at(),
            "repeated your post \u201c" + start + "\u201d: " + posting.id()));
  }

  /** The gateway itself has something to tell about a post of theirs. */
  void news(Session session, Posting posting, Jid gateway, String words) {
    Jid account = posting.author().jid();
    Envelope envelope =
        new Envelope(gateway, account, Ids.key("news", account.toString(), posting.id(), words));
    add(session, envelope, PubsubEvents.mention(envelope, account, posting.at(), words));
  }

  private static void each(
      Session session, URI actor, String node, Function<Envelope, Element> write, String... what) {
    eachFollowing(
        session,
        actor,
        following -> {
          if (gets(following, node)) {
            Envelope envelope = envelope(following, what);
            add(session, envelope, write.apply(envelope));
          }
        });
  }

  /** What is no feed, such as a profile, everybody gets. */
  private static boolean gets(Following following, String node) {
    return Feed.of(node).map(following.manner().feeds()::contains).orElse(true);
  }

  private static void eachFollowing(Session session, URI actor, Consumer<Following> work) {
    Optional<Jid> after = Optional.empty();
    List<Following> page;
    do {
      page = session.followings().acceptedOf(actor, after, PAGE);
      for (Following following : page) {
        work.accept(following);
        after = Optional.of(following.subscriber());
      }
    } while (page.size() == PAGE);
  }

  /** Under an id that follows from what is told: telling twice is harmless. */
  static Envelope envelope(Following following, String... what) {
    String id = Ids.key("notice", following.actor().toString(), Ids.key(what));
    return new Envelope(following.addressed(), following.subscriber(), id);
  }

  private static void add(Session session, Envelope envelope, Element message) {
    session.stanzas().add(envelope.id(), envelope.to(), XmlWriter.write(message));
  }
}
