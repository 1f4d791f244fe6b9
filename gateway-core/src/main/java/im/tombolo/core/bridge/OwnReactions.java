package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people here think of posts; of posts of the fediverse their authors are told. Works inside
 * the caller's transaction.
 */
final class OwnReactions {
  private final GatewayUrls urls;
  private final InstantSource clock;
  private final ActivityWriter activities;
  private final ReactionNotices notices;
  private final Forums forums;
  private final OwnCommunities own;
  private final Announcements announcements;

  OwnReactions(BridgeSettings settings) {
    this.urls = settings.urls();
    this.clock = settings.clock();
    this.activities = new ActivityWriter(settings.urls());
    this.notices = new ReactionNotices(settings);
    this.forums = new Forums(settings);
    this.own = new OwnCommunities(settings);
    this.announcements = new Announcements(settings);
  }

  /**
   * @param author actor id
   */
  record Target(URI post, URI author) {}

  /** Somebody says all that they think of a post: what is missing from it is over. */
  void replace(Session session, Jid person, Target target, Attached wanted) {
    List<Reaction> before = session.reactions().of(target.post(), urls.actor(person));
    List<Reaction> over = before.stream().filter(one -> !isIn(wanted, one)).toList();
    over.forEach(one -> end(session, person, target, one));
    boolean changed = !over.isEmpty();
    if (wanted.liked()) {
      changed |= give(session, person, target, Optional.empty(), Optional.empty());
    }
    for (String emoji : wanted.emojis()) {
      changed |= give(session, person, target, Optional.of(emoji), Optional.empty());
    }
    if (changed) {
      notices.changed(session, target.post(), urls.actor(person));
    }
  }

  private static boolean isIn(Attached wanted, Reaction one) {
    return one.emoji().map(wanted.emojis()::contains).orElse(wanted.liked());
  }

  /**
   * Somebody likes a post by an item of its comments node.
   *
   * @return the id of that item; of the earlier one, if they liked it before
   */
  String like(Session session, Jid person, Target target, String item) {
    if (give(session, person, target, Optional.empty(), Optional.of(item))) {
      notices.changed(session, target.post(), urls.actor(person));
    }
    return own(session, person, target.post()).map(ReactionNotices::heartId).orElse(item);
  }

  /** True when that item was their like. */
  boolean unlike(Session session, Jid person, Target target, String item) {
    Optional<Reaction> like =
        own(session, person, target.post())
            .filter(one -> ReactionNotices.heartId(one).equals(item));
    like.ifPresent(one -> {
      end(session, person, target, one);
      notices.changed(session, target.post(), urls.actor(person));
    });
    return like.isPresent();
  }

  private Optional<Reaction> own(Session session, Jid person, URI post) {
    return session.reactions().of(post, urls.actor(person)).stream()
        .filter(Reaction::isLike)
        .findFirst();
  }

  /**
   * Takes back some of what a person said, who leaves.
   *
   * @return whether there may be more
   */
  boolean forget(Session session, Jid person, int max) {
    List<Reaction> some = session.reactions().ofActor(urls.actor(person), max);
    for (Reaction one : some) {
      told(session, person, one.post())
          .map(who -> new Target(one.post(), who))
          .ifPresentOrElse(
              target -> end(session, person, target, one), () -> session.reactions().remove(one));
      notices.changed(session, one.post(), one.actor());
    }
    return some.size() == max;
  }

  /** Who hears of reactions to a post or message. */
  private static Optional<URI> told(Session session, Jid person, URI post) {
    return session
        .remotePosts()
        .find(post)
        .map(kept -> kept.post().author())
        .or(() -> session.messages().find(person, post).map(message -> message.peer().actor()));
  }

  private boolean give(
      Session session, Jid person, Target target, Optional<String> emoji, Optional<String> item) {
    Instant now = clock.instant();
    Set<URI> communities = forums.of(session, target.post());
    Written like = activities.like(person, target.post(), target.author(), communities, emoji, now);
    URI id = urls.activity(like.key());
    boolean isNew =
        session
            .reactions()
            .add(new Reaction(target.post(), urls.actor(person), emoji, id, item, now));
    if (isNew) {
      CommentBridge.acting(session, person);
      tell(session, person, target, communities, like);
    }
    return isNew;
  }

  private void end(Session session, Jid person, Target target, Reaction reaction) {
    session.reactions().remove(reaction);
    Set<URI> communities = forums.of(session, target.post());
    tell(
        session,
        person,
        target,
        communities,
        activities.undoLike(person, reaction, target.author(), communities));
  }

  /** Of each other our own people hear by XMPP. */
  private void tell(
      Session session, Jid person, Target target, Set<URI> communities, Written activity) {
    Set<URI> inboxes =
        Stream.concat(Stream.of(target.author()), communities.stream())
            .flatMap(actor -> session.remoteActors().find(actor).stream())
            .map(actor -> actor.endpoints().inbox())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Jid> passingOn =
        communities.stream()
            .flatMap(group -> own.named(session, group).stream())
            .filter(community -> !OwnCommunities.isOutcast(session, community, person))
            .toList();
    if (!inboxes.isEmpty() || !passingOn.isEmpty()) {
      session
          .activities()
          .add(
              new Activities.Sent(
                  activity.key(),
                  person,
                  !communities.isEmpty(),
                  activity.json(),
                  activity.turn()));
      inboxes.forEach(inbox -> session.deliveries().add(activity.key(), inbox));
      passingOn.forEach(
          community -> announcements.passOn(session, community, target.post(), activity));
    }
  }
}
