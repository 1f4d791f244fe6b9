package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.JidEscaping;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Membership;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Served accounts as the fediverse may see them: an account is an actor while strangers can read
 * its blog, or once it follows or answers somebody. Safe for any thread.
 */
public final class LocalAccounts {
  /** For a process that is alone: where it has no link itself, nobody has. */
  public static final Function<Jid, Answer<Account>> NOWHERE =
      account -> new Answer.Unavailable<>("the XMPP link is down");

  private static final Duration ABSENT = Duration.ofSeconds(30);
  private static final Duration IDENTITIES = Duration.ofHours(1);
  private static final long MAX_ABSENT = 10_000;
  private static final long MAX_SERVICES = 1_000;

  private final Store store;
  private final XmppNetwork network;
  private final Function<Jid, Answer<Account>> elsewhere;
  private final BridgeSettings settings;
  private final SingleFlight<Jid, Answer<Account>> probes = new SingleFlight<>();
  private final Cache<Jid, Boolean> absent;
  private final Cache<String, Boolean> services;

  /** For a process that is alone. */
  public LocalAccounts(Store store, XmppNetwork network, BridgeSettings settings) {
    this(store, network, NOWHERE, settings);
  }

  /**
   * @param elsewhere looks for an account as {@link #probe} does, where this process has no link
   */
  public LocalAccounts(
      Store store,
      XmppNetwork network,
      Function<Jid, Answer<Account>> elsewhere,
      BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.elsewhere = elsewhere;
    this.settings = settings;
    this.absent =
        Caffeine.newBuilder()
            .expireAfterWrite(ABSENT)
            .maximumSize(MAX_ABSENT)
            .ticker(settings.ticker())
            .build();
    this.services =
        Caffeine.newBuilder()
            .expireAfterWrite(IDENTITIES)
            .maximumSize(MAX_SERVICES)
            .ticker(settings.ticker())
            .build();
  }

  /** Where the blog of an account is. */
  public record BlogNode(Jid service, String node, ActorKind kind) {
    NodeAddress address() {
      return new NodeAddress(service, node);
    }
  }

  /** What is at the URL of a post. */
  public sealed interface Publication {
    record Live(LocalPost post) implements Publication {}

    record Gone(Instant at) implements Publication {}

    record Unknown() implements Publication {}
  }

  /** The account, if it is an actor; one that we do not know is looked for on its server. */
  public Answer<Account> actor(Jid address) {
    if (!settings.urls().serves(address)) {
      return new Answer.Missing<>();
    }
    record Known(Optional<Answer<Account>> hidden, Optional<Account> account) {}
    Known now =
        store.inTransaction(session ->
            new Known(hidden(session, settings, address), session.accounts().find(address)));
    if (now.hidden().isPresent()) {
      return now.hidden().get();
    }
    Optional<Account> known = now.account();
    if (known.filter(Account::isActor).isPresent()) {
      return Answer.got(known.get());
    }
    return absent.getIfPresent(address) != null ? new Answer.Missing<>() : probe(address);
  }

  /**
   * Whether an account may be on the fediverse at all: what its owner said decides, and if they
   * said nothing, the configuration.
   */
  static boolean isBridged(Session session, BridgeSettings settings, Jid account) {
    return hidden(session, settings, account).isEmpty();
  }

  boolean isBridged(Jid account) {
    return store.inTransaction(session -> isBridged(session, settings, account));
  }

  /** What the fediverse is told of an account that may not be there. */
  private static Optional<Answer<Account>> hidden(
      Session session, BridgeSettings settings, Jid account) {
    Optional<Membership.State> said = session.members().find(account).map(Membership::state);
    if (said.isEmpty()) {
      return settings.consent() == BridgeSettings.Consent.OPT_IN
          ? Optional.of(new Answer.Missing<>())
          : Optional.empty();
    }
    return switch (said.get()) {
      case JOINED -> Optional.empty();
      case LEAVING, GONE -> Optional.of(new Answer.Gone<>());
      case DECLINED -> Optional.of(new Answer.Missing<>());
    };
  }

  /** The account that a handle names, if it is an actor. */
  public Answer<Account> actor(Handle handle) {
    return settings.urls().byHandle(handle).map(this::actor).orElseGet(Answer.Missing::new);
  }

  public Publication post(Jid account, String key) {
    return store.inTransaction(session ->
        session
            .localPosts()
            .find(account, key)
            .<Publication>map(kept ->
                switch (kept) {
                  case Kept.Live live -> new Publication.Live(live.post());
                  case Kept.Grave grave -> new Publication.Gone(grave.at());
                })
            .orElseGet(Publication.Unknown::new));
  }

  /**
   * A post that is not for everybody, if it is for this actor: a follower, or somebody whom it
   * names. Whom its author blocks, or the administrator refuses, it is not for.
   */
  public Optional<LocalPost> restricted(Jid account, String key, URI reader) {
    return store.inTransaction(session ->
        session
            .localPosts()
            .find(account, key)
            .flatMap(kept ->
                kept instanceof Kept.Live live ? Optional.of(live.post()) : Optional.empty())
            .filter(post -> !post.audience().visibility().isOpen() && post.repeats().isEmpty())
            .filter(post -> PostComposer.isReader(session, account, post.audience(), reader))
            .filter(post -> !settings.moderation().refuses(reader))
            .filter(post -> !BlockBridge.blocks(session, account, reader)));
  }

  /**
   * A follower of a served account.
   *
   * @param handle absent when we do not know them by now
   */
  public record FollowedBy(URI actor, Optional<Handle> handle) {}

  /** Followers in a stable order, by actor id. */
  public List<FollowedBy> followers(Jid account, Optional<URI> after, int max) {
    return store.inTransaction(session ->
        session.followers().page(account, after, max).stream()
            .map(actor ->
                new FollowedBy(actor, session.remoteActors().find(actor).map(RemoteActor::handle)))
            .toList());
  }

  public long countFollowers(Jid account) {
    return store.inTransaction(session -> session.followers().count(account));
  }

  /**
   * Asks the server now, as a stranger, whether the blog can be read, whatever we knew.
   *
   * @return the account if its blog is open, or carried to followers; {@link Answer.Missing} if it
   *     is neither, for whatever reason
   */
  public Answer<Account> probe(Jid address) {
    return settings.urls().serves(address) && isBridged(address)
        ? probes.ask(
            address, () -> network.connected() ? probeHere(address) : askElsewhere(address))
        : new Answer.Missing<>();
  }

  private Answer<Account> probeHere(Jid address) {
    return node(address).flatMap(blog -> probe(address, blog));
  }

  private Answer<Account> askElsewhere(Jid address) {
    Answer<Account> answer = elsewhere.apply(address);
    return answer instanceof Answer.Missing ? closed(address) : answer;
  }

  private Answer<Account> probe(Jid address, BlogNode blog) {
    return switch (network.newestItems(blog.service(), blog.node(), 1)) {
      case Answer.Got<List<XmppNetwork.Item>> open ->
          Answer.got(opened(address, blog.kind(), Account.Blog.OPEN));
      case Answer.Unavailable<List<XmppNetwork.Item>>(String reason) ->
          new Answer.Unavailable<>(reason);
      case Answer.Missing<List<XmppNetwork.Item>> none when hasOpenAgenda(blog) ->
          Answer.got(opened(address, blog.kind(), Account.Blog.OPEN));
      case Answer<List<XmppNetwork.Item>> closed ->
          isCarried(address) ? carried(address, blog) : closed(address);
    };
  }

  /** Whether somebody without a blog lets strangers read their events: that is an open blog. */
  boolean hasOpenAgenda(BlogNode blog) {
    return agendas(blog).stream()
        .anyMatch(agenda ->
            network.newestItems(agenda.service(), agenda.node(), 1) instanceof Answer.Got);
  }

  /** Where a person has events, beside those in their blog (XEP-0471 §4). */
  static List<BlogNode> agendas(BlogNode blog) {
    return blog.kind() == ActorKind.PERSON
        ? Stream.of(Feed.values())
            .filter(Feed::isOfEvents)
            .map(feed -> new BlogNode(blog.service(), feed.node(), blog.kind()))
            .toList()
        : List.of();
  }

  /** Whether an account's closed blog is for followers whom it approves. */
  boolean isCarried(Jid address) {
    return store.inTransaction(session -> session.closedBlogs().isCarried(address));
  }

  /** The blog in its owner's own eyes. */
  Answer<List<XmppNetwork.Item>> ownItems(Jid address, BlogNode blog, int max) {
    return network
        .privileged(address)
        .map(own -> own.newestItems(blog.node(), max))
        .orElseGet(() -> new Answer.Unavailable<>("the XMPP server does not let us read it"));
  }

  private Answer<Account> carried(Jid address, BlogNode blog) {
    return switch (ownItems(address, blog, 1)) {
      case Answer.Got<List<XmppNetwork.Item>> there ->
          Answer.got(opened(address, blog.kind(), Account.Blog.FOR_FOLLOWERS));
      case Answer.Unavailable<List<XmppNetwork.Item>>(String reason) ->
          new Answer.Unavailable<>(reason);
      case Answer<List<XmppNetwork.Item>> none -> closed(address);
    };
  }

  private Answer<Account> closed(Jid address) {
    absent.put(address, true);
    return new Answer.Missing<>();
  }

  /** Never compared yet, so that the first comparison knows old posts from new ones. */
  private Account opened(Jid address, ActorKind kind, Account.Blog state) {
    absent.invalidate(address);
    return store.inTransaction(session -> {
      Optional<Account> known = session.accounts().find(address);
      // From one to the other, the comparison goes: posts have to be taken back.
      if (known.filter(Account::isBridged).isPresent()) {
        session.accounts().reconcileBy(address, settings.clock().instant());
        return known.get();
      }
      Account open =
          known
              .map(account -> account.withBlog(state, Instant.EPOCH))
              .orElseGet(() ->
                  new Account(address, kind, state, false, Account.Face.EMPTY, Instant.EPOCH));
      session.accounts().save(open);
      session.accounts().reconcileBy(address, settings.clock().instant());
      return open;
    });
  }

  /** A person's blog is at their own address; a group is a node of a pubsub service. */
  Answer<BlogNode> node(Jid address) {
    return isService(address.domain())
        .map(service -> {
          ActorKind kind = service ? ActorKind.GROUP : ActorKind.PERSON;
          Jid host = service ? Jid.domain(address.domain()) : address;
          return new BlogNode(host, nodeName(address, kind), kind);
        });
  }

  static String nodeName(Jid address, ActorKind kind) {
    return kind == ActorKind.GROUP ? JidEscaping.unescape(address.local()) : Namespaces.MICROBLOG;
  }

  /** The account whose blog an event speaks of, by who sent it; empty for other nodes. */
  static Optional<Jid> accountOf(Jid service, String node) {
    if (!service.isDomain()) {
      return Feed.of(node).map(feed -> service.bare());
    }
    // A node whose name is not as an address spells it is another node than ours.
    return Jid.parse(JidEscaping.escape(node) + "@" + service.domain())
        .filter(Jid::isBare)
        .filter(account -> nodeName(account, ActorKind.GROUP).equals(node));
  }

  private Answer<Boolean> isService(String domain) {
    Boolean known = services.getIfPresent(domain);
    if (known != null) {
      return Answer.got(known);
    }
    return switch (network.identities(Jid.domain(domain))) {
      case Answer.Got<List<String>>(List<String> identities) -> {
        boolean service = identities.contains("pubsub/service");
        services.put(domain, service);
        yield Answer.got(service);
      }
      case Answer.Unavailable<List<String>>(String reason) -> new Answer.Unavailable<>(reason);
      // A server that says nothing about itself has people, not nodes.
      case Answer.Missing<List<String>> missing -> Answer.got(false);
      case Answer.Gone<List<String>> gone -> Answer.got(false);
      case Answer.Closed<List<String>> closed -> Answer.got(false);
    };
  }
}
