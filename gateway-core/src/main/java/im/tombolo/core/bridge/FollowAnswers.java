package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Store.Session;

/** What accounts here answer to those who follow them. Works inside the caller's transaction. */
final class FollowAnswers {
  private final BridgeSettings settings;
  private final ActivityWriter activities;

  FollowAnswers(BridgeSettings settings) {
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
  }

  /** From now on they get what is posted. */
  void accept(Session session, Jid account, Follower follower) {
    session.followRequests().remove(account, follower.actor());
    session.followers().add(account, follower);
    session.accounts().reconcileBy(account, settings.clock().instant());
    send(session, account, activities.accept(account, follow(account, follower)), follower);
  }

  /** Also ends a follow that was accepted before. */
  void reject(Session session, Jid account, Follower follower) {
    session.followRequests().remove(account, follower.actor());
    session.followers().remove(account, follower.actor());
    refuse(session, account, follower);
  }

  /** Only says no. */
  void refuse(Session session, Jid account, Follower follower) {
    send(session, account, activities.reject(account, follow(account, follower)), follower);
  }

  private IncomingActivity.Follow follow(Jid account, Follower follower) {
    return new IncomingActivity.Follow(
        follower.followId(), follower.actor(), settings.urls().actor(account));
  }

  private static void send(Session session, Jid signer, Written answer, Follower to) {
    session
        .activities()
        .add(new Activities.Sent(answer.key(), signer, false, answer.json(), answer.turn()));
    session.deliveries().add(answer.key(), to.inbox());
  }
}
