package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.AddressBridge.Found;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Followers;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Of whom somebody here wants nothing: actors and whole domains. Their follows are refused, and
 * what they say to that person does not arrive; others here are not concerned. Safe for any thread.
 */
public final class BlockBridge {
  /** Blocks of one account. */
  public static final int MAX_BLOCKS = 1_000;

  private static final int PAGE = 500;
  private static final String DOMAIN = "(?:[a-z0-9_-]+\\.)+[a-z0-9-]+(?::[0-9]{1,5})?";

  private final Store store;
  private final AddressBridge addresses;
  private final SubscriptionBridge subscriptions;
  private final GatewayUrls urls;
  private final FollowAnswers answers;
  private final BlockTelling telling;

  public BlockBridge(
      Store store,
      AddressBridge addresses,
      SubscriptionBridge subscriptions,
      BridgeSettings settings) {
    this.store = store;
    this.addresses = addresses;
    this.subscriptions = subscriptions;
    this.urls = settings.urls();
    this.answers = new FollowAnswers(settings);
    this.telling = new BlockTelling(settings);
  }

  /** What came of a block. */
  public sealed interface Blocked {
    /**
     * @param target actor id or domain
     */
    record Done(String target) implements Blocked {}

    /** People here are not of the fediverse. */
    record Ours() implements Blocked {}

    record TooMany() implements Blocked {}
  }

  /** Whether an account wants nothing of an actor. The one place that decides it. */
  static boolean blocks(Session session, Jid account, URI actor) {
    return session.blocks().any(account, targets(actor));
  }

  /** Whatever of a block covers an actor: its id, its host, and the domains above that. */
  private static List<String> targets(URI actor) {
    List<String> targets = new ArrayList<>(List.of(actor.toString()));
    Optional.ofNullable(actor.getAuthority())
        .map(authority -> authority.toLowerCase(Locale.ROOT))
        .ifPresent(targets::add);
    String domain = Optional.ofNullable(actor.getHost()).orElse("").toLowerCase(Locale.ROOT);
    while (domain.indexOf('.') >= 0) {
      targets.add(domain);
      domain = domain.substring(domain.indexOf('.') + 1);
    }
    return targets;
  }

  /**
   * Blocks a person or a domain, and ends follows between them in both directions.
   *
   * @param address a domain, or any address of somebody
   */
  public Answer<Blocked> block(Jid from, String address) {
    Jid account = from.bare();
    if (!urls.serves(account)) {
      return new Answer.Closed<>();
    }
    return target(address)
        .map(target ->
            target
                .<Blocked>map(
                    blocked -> store.inTransaction(session -> block(session, account, blocked)))
                .orElseGet(Blocked.Ours::new));
  }

  /** Empty for what is ours. */
  private Answer<Optional<String>> target(String address) {
    String text = address.strip().toLowerCase(Locale.ROOT);
    if (text.matches(DOMAIN)) {
      return Answer.got(
          Optional.of(text).filter(domain -> !urls.isHome(domain) && !domain.equals(urls.host())));
    }
    return addresses
        .find(address)
        .map(found ->
            found instanceof Found.There there
                ? Optional.of(there.id().toString())
                : Optional.empty());
  }

  private Blocked block(Session session, Jid account, String target) {
    if (session.blocks().of(account, MAX_BLOCKS).size() >= MAX_BLOCKS) {
      return new Blocked.TooMany();
    }
    session.blocks().add(account, target);
    endFollowers(session, account, target);
    for (Following following : session.followings().ofSubscriber(account)) {
      if (targets(following.actor()).contains(target)) {
        subscriptions.end(session, following);
      }
    }
    telling.blocked(session, account, target);
    return new Blocked.Done(target);
  }

  private void endFollowers(Session session, Jid account, String target) {
    endFollowers(session, session.followers(), account, target);
    endFollowers(session, session.followRequests(), account, target);
  }

  private void endFollowers(Session session, Followers those, Jid account, String target) {
    Optional<URI> after = Optional.empty();
    List<URI> page;
    do {
      page = those.page(account, after, PAGE);
      for (URI actor : page) {
        after = Optional.of(actor);
        if (targets(actor).contains(target)) {
          those
              .find(account, actor)
              .ifPresent(follower -> answers.reject(session, account, follower));
        }
      }
    } while (page.size() == PAGE);
  }

  /** True when it was blocked; what is gone meanwhile is named as the list has it. */
  public boolean unblock(Jid from, String address) {
    Jid account = from.bare();
    String text = address.strip();
    return remove(account, text)
        || remove(account, text.toLowerCase(Locale.ROOT))
        || target(text)
            .value()
            .flatMap(target -> target)
            .filter(target -> remove(account, target))
            .isPresent();
  }

  private boolean remove(Jid account, String target) {
    return store.inTransaction(session -> {
      telling.unblocked(session, account, target);
      return session.blocks().remove(account, target);
    });
  }

  /** Actor ids and domains. */
  public List<String> list(Jid from) {
    return store.inTransaction(session -> session.blocks().of(from.bare(), MAX_BLOCKS));
  }
}
