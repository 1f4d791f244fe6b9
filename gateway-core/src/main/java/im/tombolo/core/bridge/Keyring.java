package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.activity.PublicKeys;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.KeyIds;
import im.tombolo.core.port.Keys;
import im.tombolo.core.port.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The key pairs of our actors. They are remembered for a minute, so that a signature costs no
 * question to the database. Safe for any thread.
 */
public final class Keyring {
  /** How long a key that was replaced is kept; the longest that a delivery is tried. */
  public static final Duration OVERLAP = Duration.ofDays(7);

  // Until then the news of the new key, signed by the old one, has reached who is awake.
  private static final Duration HANDOVER = Duration.ofMinutes(2);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final long MAX_REMEMBERED = 10_000;
  private static final KeyPairSource ED25519 = KeyPairSource.ed25519();

  private final Store store;
  private final GatewayUrls urls;
  private final KeyPairSource source;
  private final InstantSource clock;
  private final Cache<String, Keys.Assigned> remembered =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MAX_REMEMBERED).build();

  public Keyring(Store store, GatewayUrls urls, KeyPairSource source, InstantSource clock) {
    this.store = store;
    this.urls = urls;
    this.source = source;
    this.clock = clock;
  }

  /**
   * The keys that sign for an account, or for the instance actor ({@link
   * GatewayUrls#instanceJid()}), the best first; made now if no spare is left. After a rotation
   * there are two: for a short while the old one first, since that is the one that others hold.
   */
  public List<SigningKey> signing(Jid signer) {
    String owner = urls.actor(signer).toString();
    Keys.Assigned assigned = assigned(owner);
    SigningKey current = signing(owner, assigned.version(), assigned.pairs());
    Instant now = clock.instant();
    return assigned
        .former()
        .filter(former -> former.rotatedAt().plus(OVERLAP).isAfter(now))
        .map(former -> {
          SigningKey old = signing(owner, assigned.version() - 1, former.pairs());
          return former.rotatedAt().plus(HANDOVER).isAfter(now)
              ? List.of(old, current)
              : List.of(current, old);
        })
        .orElseGet(() -> List.of(current));
  }

  private static SigningKey signing(String owner, int version, Keys.ActorPairs pairs) {
    return new SigningKey(KeyIds.request(owner, version), pairs.rsa().privatePem());
  }

  /** What an actor's document shows of its keys. */
  public PublicKeys publicKeys(Jid actor) {
    return shown(assigned(urls.actor(actor).toString()));
  }

  static PublicKeys shown(Keys.Assigned assigned) {
    return new PublicKeys(
        assigned.pairs().rsa().publicPem(),
        assigned.pairs().ed25519().publicPem(),
        assigned.since(),
        assigned.version(),
        assigned.former().map(former -> former.pairs().ed25519().publicPem()));
  }

  private Keys.Assigned assigned(String owner) {
    return remembered.get(
        owner,
        unknown ->
            store
                .inTransaction(
                    session -> session.keys().find(owner).or(() -> session.keys().assign(owner)))
                .orElseGet(() -> make(owner)));
  }

  /**
   * Gives an actor that has keys new ones.
   *
   * @param news done in the transaction, with the new keys
   * @return false for an actor without keys
   */
  public boolean rotate(Jid actor, BiConsumer<Store.Session, PublicKeys> news) {
    String owner = urls.actor(actor).toString();
    Keys.ActorPairs fresh = generate();
    boolean isDone =
        store.inTransaction(session -> {
          if (session.keys().find(owner).isEmpty()) {
            return false;
          }
          session.keys().addSpare(fresh);
          news.accept(session, shown(session.keys().rotate(owner).orElseThrow()));
          return true;
        });
    remembered.invalidate(owner);
    return isDone;
  }

  /** Forgets keys that were replaced long ago; how many. */
  public int forgetFormer() {
    Instant before = clock.instant().minus(OVERLAP);
    return store.inTransaction(session -> session.keys().forgetFormer(before));
  }

  /** Puts fresh pairs among the spares; whichever are assigned, the owner gets them once. */
  private Keys.Assigned make(String owner) {
    Keys.ActorPairs fresh = generate();
    return store.inTransaction(session -> {
      session.keys().addSpare(fresh);
      return session
          .keys()
          .assign(owner)
          .orElseThrow(() -> new IllegalStateException("the spare key of " + owner + " is gone"));
    });
  }

  /** Makes pairs until {@code wanted} wait; for a thread that has time. Ends when interrupted. */
  public void fillSpares(int wanted) {
    long spares = store.inTransaction(session -> session.keys().spares());
    for (long i = spares; i < wanted && !Thread.currentThread().isInterrupted(); i++) {
      Keys.ActorPairs pairs = generate();
      store.inTransaction(session -> {
        session.keys().addSpare(pairs);
        return true;
      });
    }
  }

  private Keys.ActorPairs generate() {
    return new Keys.ActorPairs(source.generate(), ED25519.generate());
  }
}
