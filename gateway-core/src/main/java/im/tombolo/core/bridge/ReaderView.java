package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Store.Session;

/**
 * How much of a fediverse account somebody here sees.
 *
 * @param sees whether there is anything for them
 * @param follows whether their follow was accepted
 */
record ReaderView(boolean sees, boolean follows) {
  /**
   * Who is blocked by the account sees nothing of it, and nobody but those who asked does of an
   * account that wants to stand nowhere else.
   */
  static ReaderView of(Session session, RemoteActor actor, Jid reader) {
    Jid person = reader.bare();
    boolean follows =
        session
            .followings()
            .find(person, actor.id())
            .filter(following -> following.state() == FollowState.ACCEPTED)
            .isPresent();
    boolean sees =
        (follows || actor.wishes().shown()) && !session.blockers().isBlocked(person, actor.id());
    return new ReaderView(sees, follows);
  }

  boolean sees(RemotePost post) {
    return sees && RemotePostBridge.mayRead(post, follows);
  }
}
