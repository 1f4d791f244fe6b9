package im.tombolo.core.bridge;

import im.tombolo.core.activity.PublicKeys;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Keys;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.Store;
import java.util.Optional;

/** The key pairs of our actors. Safe for any thread. */
public final class Keyring {
  private static final KeyPairSource ED25519 = KeyPairSource.ed25519();

  private final Store store;
  private final GatewayUrls urls;
  private final KeyPairSource source;

  public Keyring(Store store, GatewayUrls urls, KeyPairSource source) {
    this.store = store;
    this.urls = urls;
    this.source = source;
  }

  /**
   * The pair that signs for an account, or for the instance actor ({@link
   * GatewayUrls#instanceJid()}); made now if no spare is left.
   */
  public KeyPairPem of(Jid signer) {
    return assigned(signer).pairs().rsa();
  }

  /** What an actor's document shows of its keys. */
  public PublicKeys publicKeys(Jid actor) {
    Keys.Assigned assigned = assigned(actor);
    return new PublicKeys(
        assigned.pairs().rsa().publicPem(),
        assigned.pairs().ed25519().publicPem(),
        assigned.since());
  }

  private Keys.Assigned assigned(Jid actor) {
    String owner = urls.actor(actor).toString();
    Optional<Keys.Assigned> held =
        store.inTransaction(
            session -> session.keys().find(owner).or(() -> session.keys().assign(owner)));
    return held.orElseGet(() -> make(owner));
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
