package im.tombolo.core.bridge;

import im.tombolo.core.activity.CommunityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Instant;

/**
 * What communities of ours tell those who follow them (FEP-1b12): for servers that know
 * communities, and for those that know nothing but repeats (Mastodon). Works inside the caller's
 * transaction.
 */
final class Announcements {
  private final GatewayUrls urls;
  private final CommunityWriter activities;
  private final OwnCommunities communities;

  Announcements(BridgeSettings settings) {
    this.urls = settings.urls();
    this.activities = new CommunityWriter(settings.urls());
    this.communities = new OwnCommunities(settings);
  }

  /** Somebody here told of a post; where that is in a community, it passes it on. */
  void passOn(Session session, LocalPost post, Written told) {
    URI id = urls.post(post.account(), post.key());
    communities
        .of(session, post)
        .filter(community -> !OwnCommunities.isOutcast(session, community, post.account()))
        .forEach(community -> passOn(session, community, id, told));
  }

  /** Somebody here took a post back, who may be an outcast by now. */
  void passOnDelete(Session session, LocalPost post, Written told) {
    URI id = urls.post(post.account(), post.key());
    communities.of(session, post).forEach(community -> passOn(session, community, id, told));
  }

  /** The same of what somebody here did about a post of whomever. */
  void passOn(Session session, Jid community, URI about, Written told) {
    session
        .activities()
        .find(told.key())
        .ifPresent(
            kept -> passOn(session, community, about, urls.activity(told.key()), kept.json()));
  }

  /**
   * A community passes on what somebody did in it.
   *
   * @param about a post, for one
   * @param activity its id
   * @param json as it came
   */
  void passOn(Session session, Jid community, URI about, URI activity, String json) {
    send(session, community, activities.passOn(community, about, activity, json));
  }

  /** A post of ours that begins a discussion is in its communities now. */
  void show(Session session, LocalPost post) {
    if (!post.isComment()) {
      communities
          .of(session, post)
          .forEach(community -> show(session, community, urls.post(post.account(), post.key())));
    }
  }

  void show(Session session, Jid community, URI post) {
    send(session, community, activities.announce(community, post));
  }

  /** It is so no more. */
  void hide(Session session, LocalPost post) {
    if (!post.isComment()) {
      communities
          .of(session, post)
          .forEach(community -> hide(session, community, urls.post(post.account(), post.key())));
    }
  }

  void hide(Session session, Jid community, URI post) {
    send(session, community, activities.undoAnnounce(community, post));
  }

  /** A community takes out what is not its own. */
  void takeDown(Session session, Jid community, URI post) {
    send(session, community, activities.takeDown(community, post));
    hide(session, community, post);
  }

  /** A community wants nothing more of somebody, who is told. */
  void ban(Session session, Jid community, RemoteActor who, Instant at) {
    tell(session, community, who, activities.ban(community, who.id(), at));
  }

  /** It does again. */
  void pardon(Session session, Jid community, RemoteActor who, Instant at) {
    tell(session, community, who, activities.pardon(community, who.id(), at));
  }

  private void tell(Session session, Jid community, RemoteActor who, Written activity) {
    session.activities().add(sent(community, activity));
    session.deliveries().add(activity.key(), who.endpoints().inbox());
    passOn(session, community, who.id(), activity);
  }

  private static void send(Session session, Jid community, Written activity) {
    boolean isNew = session.activities().add(sent(community, activity));
    if (isNew) {
      session.deliveries().addForFollowers(activity.key(), community);
    }
  }

  private static Activities.Sent sent(Jid community, Written activity) {
    return new Activities.Sent(activity.key(), community, true, activity.json(), activity.turn());
  }
}
