package im.tombolo.core.bridge;

import im.tombolo.core.activity.PublicKeys;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.KeyIds;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Store;
import java.util.Optional;

/** Replaces the keys of an actor, and tells its followers. Safe for any thread. */
public final class KeyRotation {
  private final Store store;
  private final Keyring keyring;
  private final BridgeSettings settings;

  public KeyRotation(Store store, Keyring keyring, BridgeSettings settings) {
    this.store = store;
    this.keyring = keyring;
    this.settings = settings;
  }

  /**
   * What can be said of an actor's keys.
   *
   * @param requestId of the key for signatures of requests
   * @param proofId of the key for proofs
   */
  public record Shown(String requestId, String proofId, PublicKeys keys) {}

  /**
   * The keys that are in use; empty for an actor that has none.
   *
   * @param actor an account, or a served domain for the instance actor
   */
  public Optional<Shown> list(Jid actor) {
    String owner = settings.urls().actor(actor).toString();
    return store
        .inTransaction(session -> session.keys().find(owner))
        .map(Keyring::shown)
        .map(keys ->
            new Shown(
                KeyIds.request(owner, keys.version()), KeyIds.proof(owner, keys.version()), keys));
  }

  /** As {@link #list}, after the keys were replaced. */
  public Optional<Shown> rotate(Jid actor) {
    boolean isDone =
        keyring.rotate(
            actor,
            (session, keys) -> {
              Optional<Account> account =
                  actor.isDomain() ? Optional.empty() : session.accounts().find(actor);
              account.ifPresent(known -> ProfileBridge.tell(session, settings, known, keys));
            });
    return isDone ? list(actor) : Optional.empty();
  }
}
