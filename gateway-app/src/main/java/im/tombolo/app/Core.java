package im.tombolo.app;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ActorDirectory;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.ApprovalBridge;
import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.BlockBridge;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.CatchUpBridge;
import im.tombolo.core.bridge.ClosedBlogBridge;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommunityModeration;
import im.tombolo.core.bridge.CommunityPosts;
import im.tombolo.core.bridge.ConnectionBridge;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.bridge.EventBridge;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.bridge.Forgetting;
import im.tombolo.core.bridge.InboxWork;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.MembershipBridge;
import im.tombolo.core.bridge.MessageBridge;
import im.tombolo.core.bridge.MessageEnds;
import im.tombolo.core.bridge.NoticeBridge;
import im.tombolo.core.bridge.OwnFlags;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.PubsubWork;
import im.tombolo.core.bridge.Reconciler;
import im.tombolo.core.bridge.References;
import im.tombolo.core.bridge.ReportBridge;
import im.tombolo.core.bridge.Severance;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.bridge.VoteBridge;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Store.Session;
import im.tombolo.http.client.DeliveryLedger;
import im.tombolo.storage.Storage;
import im.tombolo.xmpp.Network;
import im.tombolo.xmpp.service.Bridges;
import im.tombolo.xmpp.service.PersonalBridges;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The bridges, put together between the two networks and the storage. */
public final class Core implements DeliveryLedger.Ends {
  // How long a post waits for the servers of those whom it mentions.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  final ActorDirectory directory;
  final LocalAccounts accounts;
  final PollBridge polls;
  final SubscriptionBridge subscriptions;
  final DiscussionBridge discussions;
  public final Reconciler reconciler;
  final InboxWork inbox;
  final PubsubWork pubsub;
  final MembershipBridge membership;
  final ReportBridge reports;
  final ExportBridge exports;
  final MessageEnds messages;
  final CatchUpBridge catchUp;
  final Forgetting forgetting;
  final Severance severance;
  final AddressBridge addresses;
  public final Bridges bridges;

  /**
   * @param elsewhere looks for accounts where this process has no component link
   */
  public Core(
      Storage storage,
      Fediverse client,
      Network network,
      Function<Jid, Answer<Account>> elsewhere,
      Keyring keyring,
      BridgeSettings settings,
      Forgetting.Ages ages) {
    directory = new ActorDirectory(storage, client, settings);
    accounts = new LocalAccounts(storage, network, elsewhere, settings);
    TimelineBridge timelines = new TimelineBridge(storage, client, directory, settings);
    References references = new References(directory, timelines, settings, new Together(PATIENCE));
    polls = new PollBridge(storage, references, timelines, settings);
    CommentBridge comments =
        new CommentBridge(storage, network, references, timelines, polls, settings);
    discussions = new DiscussionBridge(storage, client, directory, timelines, settings);
    reconciler =
        new Reconciler(storage, network, accounts, keyring, references, comments, settings);
    subscriptions = new SubscriptionBridge(storage, directory, settings);
    inbox =
        new InboxWork(
            storage, client, directory, accounts, subscriptions, polls, references, settings);
    pubsub = new PubsubWork(storage, network, settings);
    reports = new ReportBridge(storage, settings);
    exports = new ExportBridge(storage, keyring, settings, new SecureRandom());
    messages = new MessageEnds(storage, settings);
    catchUp = new CatchUpBridge(storage, client, directory, settings);
    forgetting = new Forgetting(storage, settings, ages);
    severance = new Severance(storage, client, directory, settings);
    addresses = new AddressBridge(directory, accounts, settings);
    membership = new MembershipBridge(storage, subscriptions, references, settings);
    VoteBridge votes = new VoteBridge(storage, client, directory, timelines, polls, settings);
    ApprovalBridge approvals = new ApprovalBridge(storage, keyring, settings);
    bridges =
        new Bridges(
            timelines,
            subscriptions,
            comments,
            new CommunityPosts(storage, timelines, references, settings),
            discussions,
            polls,
            new AttachmentBridge(storage, timelines, settings),
            new ConnectionBridge(storage, client, directory, settings, new Together(PATIENCE)),
            new PresenceBridge(subscriptions, settings),
            new MessageBridge(storage, directory, settings),
            new PersonalBridges(
                addresses,
                accounts,
                membership,
                approvals,
                new ClosedBlogBridge(storage, network, approvals, settings),
                new BlockBridge(storage, addresses, subscriptions, settings),
                new OwnFlags(storage, votes, addresses, settings),
                reports,
                votes,
                new EventBridge(storage, votes, addresses, settings),
                new CommunityModeration(storage, settings),
                new NoticeBridge(storage, settings),
                exports));
  }

  @Override
  public void taken(Session session, List<Delivery> deliveries) {
    messages.taken(session, deliveries);
  }

  @Override
  public void givenUp(Session session, Delivery delivery, boolean isRefused) {
    subscriptions.givenUp(session, delivery.activityKey());
    messages.givenUp(session, delivery, isRefused);
  }
}
