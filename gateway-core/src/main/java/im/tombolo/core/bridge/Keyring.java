package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.Store;
import java.util.Optional;

/** The key pairs of our actors. Safe for any thread. */
public final class Keyring {
  private final Store store;
  private final GatewayUrls urls;
  private final KeyPairSource source;

  public Keyring(Store store, GatewayUrls urls, KeyPairSource source) {
    this.store = store;
    this.urls = urls;
    this.source = source;
  }

  /**
   * The pair of an account, or of the instance actor ({@link GatewayUrls#instanceJid()}); made now
   * if no spare is left.
   */
  public KeyPairPem of(Jid signer) {
    String owner = urls.actor(signer).toString();
    Optional<KeyPairPem> held =
        store.inTransaction(
            session -> session.keys().find(owner).or(() -> session.keys().assign(owner)));
    return held.orElseGet(() -> make(owner));
  }

  /** Puts a fresh pair among the spares; whichever is assigned, the owner gets only one. */
  private KeyPairPem make(String owner) {
    KeyPairPem fresh = source.generate();
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
      KeyPairPem pair = source.generate();
      store.inTransaction(session -> {
        session.keys().addSpare(pair);
        return true;
      });
    }
  }
}
