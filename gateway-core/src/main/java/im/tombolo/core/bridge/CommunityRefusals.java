package im.tombolo.core.bridge;

import static im.tombolo.core.atom.PubsubEvents.YOU;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Excerpt;
import java.net.URI;
import java.util.Optional;

/**
 * Communities of the fediverse that do not want a post of somebody here, or nothing more of them at
 * all. What they posted stays theirs; it stands in the community no more. Works inside the caller's
 * transaction.
 */
final class CommunityRefusals {
  private static final int MAX_NAME = 200;

  /** Posts of somebody that leave a community with them. */
  private static final int MAX_POSTS = 500;

  private static final String OUT = " may not post in the community ";
  private static final String IN = " may post in the community ";

  private final GatewayUrls urls;
  private final BridgeSettings settings;
  private final CommunityNode node;
  private final Postings postings;
  private final PersonalNotices notices;

  CommunityRefusals(Notices told, BridgeSettings settings) {
    this.urls = settings.urls();
    this.settings = settings;
    this.node = new CommunityNode(told, settings);
    this.postings = new Postings(settings);
    this.notices = new PersonalNotices(settings);
  }

  /** True when it was a post of ours, in a community of whoever says no. */
  boolean refused(Session session, IncomingActivity.Reject reject) {
    Optional<LocalPost> post =
        reject
            .request()
            .flatMap(request -> post(session, request))
            .filter(ours -> ours.audience().communities().contains(reject.actor()));
    post.ifPresent(ours -> {
      URI id = urls.post(ours.account(), ours.key());
      node.takeOut(session, reject.actor(), id);
      tell(
          session,
          reject.actor(),
          ours.account(),
          id.toString(),
          " were refused by the community ",
          ": it does not take \u201c"
              + Excerpt.of(
                  ours.content().title().orElseGet(() -> ours.content().body().toPlainText()),
                  MAX_NAME)
              + "\u201d.");
    });
    return post.isPresent();
  }

  /** By its own id, or by the activity that told of it. */
  private Optional<LocalPost> post(Session session, URI request) {
    return postings
        .local(session, request)
        .or(() ->
            urls.activityKey(request)
                .flatMap(session.activities()::find)
                .map(Activities.Sent::json)
                .flatMap(ActivityReader::object)
                .flatMap(id -> postings.local(session, id)));
  }

  /** Somebody is out of a community, or in again; of people there, only their posts concern us. */
  void banned(Session session, RemoteActor community, IncomingActivity.Ban ban) {
    Optional<Jid> person = urls.account(ban.who()).filter(urls::serves);
    if (ban.out() && ban.withPosts()) {
      person.ifPresentOrElse(
          ours -> takeOut(session, community, ours),
          () ->
              session
                  .remotePosts()
                  .shown(community.id(), ban.who(), MAX_POSTS)
                  .forEach(post -> node.takeOut(session, community.id(), post)));
    }
    person.ifPresent(ours -> {
      boolean was = session.decisions().isBanned(ours, community.id());
      if (ban.out() && !was) {
        session.decisions().ban(ours, community.id());
        tell(session, community.id(), ours, ban.id().toString(), OUT, " any more.");
      } else if (!ban.out() && was) {
        session.decisions().pardon(ours, community.id());
        tell(session, community.id(), ours, ban.id().toString(), IN, " again.");
      }
    });
  }

  private void takeOut(Session session, RemoteActor community, Jid person) {
    session.localPosts().live(person, MAX_POSTS).stream()
        .filter(post -> post.audience().communities().contains(community.id()))
        .forEach(
            post -> node.takeOut(session, community.id(), urls.post(post.account(), post.key())));
  }

  /**
   * @param words before the community's name
   * @param more after it
   */
  private void tell(
      Session session, URI community, Jid person, String what, String words, String more) {
    session
        .remoteActors()
        .find(community)
        .ifPresent(actor -> {
          Jid from = settings.virtual().of(actor.handle());
          notices.concerning(
              session,
              community,
              new Envelope(from, person, Ids.key("community", what, person.toString())),
              YOU + words + PersonalNotices.name(actor) + more,
              from.uri());
        });
  }
}
