package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.port.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What contacts' presence means (RFC 6121): a presence subscription to a virtual JID is a Follow.
 * Nothing is broadcast; a virtual JID shows itself to who asks, and to no more than so many in a
 * second. Safe for any thread.
 */
public final class PresenceBridge {
  /** Probes that people of one domain get answered in a second; who goes without sees nobody. */
  public static final int PROBES_A_SECOND = 100;

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long MAX_DOMAINS = 1_000;

  private final SubscriptionBridge subscriptions;
  private final BridgeSettings settings;
  private final Cache<String, AtomicInteger> probes;

  public PresenceBridge(SubscriptionBridge subscriptions, BridgeSettings settings) {
    this.subscriptions = subscriptions;
    this.settings = settings;
    this.probes =
        Caffeine.newBuilder()
            .expireAfterWrite(SECOND)
            .maximumSize(MAX_DOMAINS)
            .ticker(settings.ticker())
            .build();
  }

  /** What to say at once. */
  public enum Reply {
    NOTHING,
    AVAILABLE,
    UNSUBSCRIBED,
    /** The question cannot be answered now. */
    LATER
  }

  /** Consent is told when it is there, as durably as every event. */
  public Reply subscribe(Jid addressed, Jid person) {
    return switch (subscriptions.subscribe(addressed, person, SubscribeWay.BY_PRESENCE)) {
      case Answer.Got<FollowState> asked -> Reply.NOTHING;
      case Answer.Unavailable<FollowState> unknown -> Reply.LATER;
      case Answer.Missing<FollowState> missing -> Reply.UNSUBSCRIBED;
      case Answer.Gone<FollowState> gone -> Reply.UNSUBSCRIBED;
      case Answer.Closed<FollowState> closed -> Reply.UNSUBSCRIBED;
    };
  }

  /** Also when a contact is taken from a roster. */
  public Reply unsubscribe(Jid addressed, Jid person) {
    subscriptions.unsubscribeByPresence(addressed, person);
    return Reply.NOTHING;
  }

  /** Every contact of everybody is asked for when a server starts. */
  public Reply probe(Jid addressed, Jid person) {
    if (!settings.urls().serves(person.bare()) || !hasRoom(person.domain())) {
      return Reply.NOTHING;
    }
    Optional<FollowState> state = subscriptions.state(addressed, person);
    return state
        .map(how ->
            switch (how) {
              case PENDING -> Reply.NOTHING;
              case ACCEPTED -> Reply.AVAILABLE;
            })
        .orElse(Reply.UNSUBSCRIBED);
  }

  private boolean hasRoom(String domain) {
    return probes.get(domain, first -> new AtomicInteger()).incrementAndGet() <= PROBES_A_SECOND;
  }
}
