package im.tombolo.core.port;

import java.net.URI;
import java.util.Collection;
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
    /**
     * Reads at once what will be asked of many posts that may be new and of their authors, so that
     * it is not read again for each. In this transaction, what others change meanwhile counts as
     * changed after it; where that cannot be, the transaction fails.
     *
     * @param posts ids, 1,000 at most
     * @param authors ids, 100 at most
     */
    void foresee(Collection<URI> posts, Collection<URI> authors);

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

    DeliveryShards deliveryShards();

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

    Blockers blockers();

    Rules rules();

    Flags flags();

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
