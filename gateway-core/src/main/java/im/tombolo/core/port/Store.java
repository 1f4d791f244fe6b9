package im.tombolo.core.port;

import java.util.function.Function;

/**
 * The state. All work with it happens inside {@link #inTransaction}: it commits when the work
 * returns and rolls back when it throws. The {@link Session} must not leave the work. Transactions
 * are short: nobody asks another server inside one. Safe for any thread.
 */
public interface Store {
  <T> T inTransaction(Function<Session, T> work);

  /** The repositories, bound to one transaction. */
  interface Session {
    Accounts accounts();

    Keys keys();

    LocalPosts localPosts();

    Followers followers();

    FollowRequests followRequests();

    ClosedBlogs closedBlogs();

    RemoteActors remoteActors();

    RemotePosts remotePosts();

    Followings followings();

    Activities activities();

    Deliveries deliveries();

    QueuedDeliveries queuedDeliveries();

    Peers peers();

    Inbox inbox();

    Stanzas stanzas();

    Pictures pictures();

    Discussions discussions();

    PubsubTasks pubsubTasks();

    Polls polls();

    Quotes quotes();

    Reactions reactions();

    Rsvps rsvps();

    Watches watches();

    Secrets secrets();

    Members members();

    Blocks blocks();

    NoticeChoices noticeChoices();

    ExportTickets exportTickets();

    Messages messages();

    Lookups lookups();

    CatchUps catchUps();

    Communities communities();

    Decisions decisions();

    Retention retention();
  }
}
