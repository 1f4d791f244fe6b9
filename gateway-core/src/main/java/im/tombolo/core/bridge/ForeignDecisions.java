package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Communities.Submission;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;

/**
 * People of the fediverse who own a node here or publish in it moderate it from there (FEP-1b12
 * §Group moderation). What they decide is passed on as it came; of posts of people here they ask
 * the service, whose word counts. Works inside the caller's transaction.
 */
final class ForeignDecisions {
  private final GatewayUrls urls;
  private final BridgeSettings settings;
  private final Announcements announcements;
  private final Postings postings;
  private final CommentRooms rooms;

  ForeignDecisions(BridgeSettings settings) {
    this.urls = settings.urls();
    this.settings = settings;
    this.announcements = new Announcements(settings);
    this.postings = new Postings(settings);
    this.rooms = new CommentRooms(postings);
  }

  /** Whether somebody of the fediverse decides in a community here. */
  boolean moderates(Session session, Jid community, URI actor) {
    return session
        .remoteActors()
        .find(actor)
        .map(RemoteActor::handle)
        .filter(handle ->
            session.decisions().affiliations(community).entrySet().stream()
                .filter(one -> one.getValue().moderates())
                .anyMatch(one ->
                    settings.virtual().handle(one.getKey()).filter(handle::equals).isPresent()))
        .isPresent();
  }

  /**
   * @param json the decision as it came
   */
  void decided(Session session, Jid community, IncomingActivity decision, String json) {
    if (!moderates(session, community, decision.actor())) {
      return;
    }
    switch (decision) {
      case IncomingActivity.TakeDown down -> takenDown(session, community, down, json);
      case IncomingActivity.Lock lock when isRoot(session, lock.post()) -> {
        if (lock.locked()) {
          session.decisions().lock(lock.post(), urls.actor(community));
        } else {
          session.decisions().unlock(lock.post(), urls.actor(community));
        }
        passOn(session, community, lock.post(), lock, json);
      }
      case IncomingActivity.Feature feature
          when isRoot(session, feature.post())
              && feature.target().equals(urls.featured(community)) -> {
        if (feature.first()) {
          session.decisions().pin(community, feature.post(), settings.clock().instant());
        } else {
          session.decisions().unpin(community, feature.post());
        }
        passOn(session, community, feature.post(), feature, json);
      }
      default -> {}
    }
  }

  private static boolean isRoot(Session session, URI post) {
    return OwnCommunities.root(session, post).equals(post);
  }

  private void passOn(
      Session session, Jid community, URI post, IncomingActivity decision, String json) {
    announcements.passOn(session, community, post, decision.id(), json);
  }

  private void takenDown(
      Session session, Jid community, IncomingActivity.TakeDown down, String json) {
    Jid moderator = session.remoteActors().find(down.actor()).map(postings::jid).orElseThrow();
    Optional<LocalPost> ours = postings.local(session, down.post());
    if (ours.isPresent()) {
      // Elsewhere nobody owes a moderator of this node anything.
      ours.map(LocalPost::item)
          .filter(item -> item.service().equals(Jid.domain(community.domain())))
          .ifPresent(item -> session.pubsubTasks().add(item, moderator, Optional.empty()));
      return;
    }
    Optional<Submission> submission =
        session.communities().ofPost(down.post()).filter(Submission::accepted);
    if (submission.isPresent()) {
      session.communities().remove(submission.get().item());
      session.pubsubTasks().add(submission.get().item(), moderator, Optional.empty());
      passOn(session, community, down.post(), down, json);
      announcements.hide(session, community, down.post());
    } else if (!isRoot(session, down.post())) {
      Optional<LocalPost> root = rooms.root(session, down.post());
      session
          .remotePosts()
          .find(down.post())
          .ifPresent(kept -> root.ifPresent(room -> rooms.withdraw(session, kept, room)));
      session.discussions().remove(down.post());
      passOn(session, community, down.post(), down, json);
    }
  }
}
