package im.tombolo.storage;

import im.tombolo.core.port.Accounts;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Blockers;
import im.tombolo.core.port.Blocks;
import im.tombolo.core.port.CatchUps;
import im.tombolo.core.port.ClosedBlogs;
import im.tombolo.core.port.Communities;
import im.tombolo.core.port.Decisions;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.DeliveryShards;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.ExportTickets;
import im.tombolo.core.port.Flags;
import im.tombolo.core.port.FollowRequests;
import im.tombolo.core.port.Followers;
import im.tombolo.core.port.Followings;
import im.tombolo.core.port.Inbox;
import im.tombolo.core.port.Keys;
import im.tombolo.core.port.LocalPosts;
import im.tombolo.core.port.Lookups;
import im.tombolo.core.port.Members;
import im.tombolo.core.port.Messages;
import im.tombolo.core.port.NoticeChoices;
import im.tombolo.core.port.Peers;
import im.tombolo.core.port.Pictures;
import im.tombolo.core.port.Polls;
import im.tombolo.core.port.PubsubTasks;
import im.tombolo.core.port.QueuedDeliveries;
import im.tombolo.core.port.Quotes;
import im.tombolo.core.port.Reactions;
import im.tombolo.core.port.RemoteActors;
import im.tombolo.core.port.RemotePosts;
import im.tombolo.core.port.Retention;
import im.tombolo.core.port.Rsvps;
import im.tombolo.core.port.Rules;
import im.tombolo.core.port.Secrets;
import im.tombolo.core.port.Stanzas;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Watches;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;

/**
 * The repositories on one connection.
 *
 * @param queued what got something to do
 */
record SqlSession(Sql sql, KeyVault vault, InstantSource clock, Set<Queue> queued)
    implements Store.Session {
  @Override
  public void foresee(Collection<URI> posts, Collection<URI> authors) {
    sql.foresight().read(posts, authors);
  }

  @Override
  public Accounts accounts() {
    return new SqlAccounts(sql, clock);
  }

  @Override
  public Keys keys() {
    return new SqlKeys(sql, vault, clock);
  }

  @Override
  public LocalPosts localPosts() {
    return new SqlLocalPosts(sql);
  }

  @Override
  public Followers followers() {
    return new SqlFollowers(sql);
  }

  @Override
  public FollowRequests followRequests() {
    return new SqlFollowRequests(sql);
  }

  @Override
  public ClosedBlogs closedBlogs() {
    return new SqlClosedBlogs(sql);
  }

  @Override
  public RemoteActors remoteActors() {
    return new SqlRemoteActors(sql);
  }

  @Override
  public RemotePosts remotePosts() {
    return new SqlRemotePosts(sql);
  }

  @Override
  public Followings followings() {
    return new SqlFollowings(sql);
  }

  @Override
  public Activities activities() {
    return new SqlActivities(sql, clock);
  }

  @Override
  public Deliveries deliveries() {
    return new SqlDeliveries(sql, clock, () -> queued.add(Queue.DELIVERIES));
  }

  @Override
  public DeliveryShards deliveryShards() {
    return new SqlDeliveryShards(sql);
  }

  @Override
  public QueuedDeliveries queuedDeliveries() {
    return new SqlQueuedDeliveries(sql, clock, () -> queued.add(Queue.DELIVERIES));
  }

  @Override
  public Peers peers() {
    return new SqlPeers(sql, clock);
  }

  @Override
  public Inbox inbox() {
    return new SqlInbox(sql, clock, queued);
  }

  @Override
  public Stanzas stanzas() {
    return new SqlStanzas(sql, queued);
  }

  @Override
  public Pictures pictures() {
    return new SqlPictures(sql);
  }

  @Override
  public Discussions discussions() {
    return new SqlDiscussions(sql);
  }

  @Override
  public PubsubTasks pubsubTasks() {
    return new SqlPubsubTasks(sql, clock);
  }

  @Override
  public Polls polls() {
    return new SqlPolls(sql);
  }

  @Override
  public Quotes quotes() {
    return new SqlQuotes(sql);
  }

  @Override
  public Reactions reactions() {
    return new SqlReactions(sql);
  }

  @Override
  public Rsvps rsvps() {
    return new SqlRsvps(sql);
  }

  @Override
  public Watches watches() {
    return new SqlWatches(sql);
  }

  @Override
  public Secrets secrets() {
    return new SqlSecrets(sql);
  }

  @Override
  public Members members() {
    return new SqlMembers(sql);
  }

  @Override
  public Blocks blocks() {
    return new SqlBlocks(sql);
  }

  @Override
  public Blockers blockers() {
    return new SqlBlockers(sql);
  }

  @Override
  public Rules rules() {
    return new SqlRules(sql);
  }

  @Override
  public Flags flags() {
    return new SqlFlags(sql);
  }

  @Override
  public NoticeChoices noticeChoices() {
    return new SqlNoticeChoices(sql);
  }

  @Override
  public ExportTickets exportTickets() {
    return new SqlExportTickets(sql);
  }

  @Override
  public Messages messages() {
    return new SqlMessages(sql, clock);
  }

  @Override
  public CatchUps catchUps() {
    return new SqlCatchUps(sql);
  }

  @Override
  public Communities communities() {
    return new SqlCommunities(sql);
  }

  @Override
  public Decisions decisions() {
    return new SqlDecisions(sql);
  }

  @Override
  public Retention retention() {
    return new SqlRetention(sql);
  }

  @Override
  public Lookups lookups() {
    return new SqlLookups(sql);
  }
}
