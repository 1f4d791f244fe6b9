package im.tombolo.core.bridge;

import im.tombolo.core.activity.PublicKeys;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.LocalAccounts.FollowedBy;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** People here decide who follows them. Safe for any thread. */
public final class ApprovalBridge {
  private final Store store;
  private final Keyring keyring;
  private final BridgeSettings settings;
  private final FollowAnswers answers;

  public ApprovalBridge(Store store, Keyring keyring, BridgeSettings settings) {
    this.store = store;
    this.keyring = keyring;
    this.settings = settings;
    this.answers = new FollowAnswers(settings);
  }

  /** Whether somebody decides about each follow. */
  public boolean isOn(Jid from) {
    return store.inTransaction(session -> session.followRequests().areNeeded(from.bare()));
  }

  /**
   * Lets somebody decide about each follow from now on, or takes every one; who waits goes on
   * waiting. Followers are told of the change. Who has a closed blog always decides.
   *
   * @return how it stands now; {@link Answer.Closed} for who is not served here
   */
  public Answer<Boolean> choose(Jid from, boolean on) {
    Jid person = from.bare();
    if (!settings.urls().serves(person)) {
      return new Answer.Closed<>();
    }
    boolean isActor =
        store.inTransaction(
            session -> session.accounts().find(person).filter(Account::isActor).isPresent());
    Optional<PublicKeys> keys =
        isActor ? Optional.of(keyring.publicKeys(person)) : Optional.empty();
    store.inTransaction(session -> {
      if (session.followRequests().areNeeded(person) != on) {
        session.followRequests().need(person, on);
        keys.ifPresent(known ->
            session
                .accounts()
                .find(person)
                .ifPresent(account -> ProfileBridge.tell(session, settings, account, known)));
      }
      return true;
    });
    return Answer.got(isOn(person));
  }

  /** Those who wait, in a stable order. */
  public List<FollowedBy> waiting(Jid from, Optional<URI> after, int max) {
    return store.inTransaction(session ->
        session.followRequests().page(from.bare(), after, max).stream()
            .map(actor -> new FollowedBy(actor, handle(session, actor)))
            .toList());
  }

  private static Optional<Handle> handle(Session session, URI actor) {
    return session.remoteActors().find(actor).map(RemoteActor::handle);
  }

  public long countWaiting(Jid from) {
    return store.inTransaction(session -> session.followRequests().count(from.bare()));
  }

  /** True when that person waited. */
  public boolean approve(Jid from, URI actor) {
    return store.inTransaction(session -> {
      Optional<Follower> waiting = session.followRequests().find(from.bare(), actor);
      waiting.ifPresent(follower -> answers.accept(session, from.bare(), follower));
      return waiting.isPresent();
    });
  }

  /** Also of who follows already; true when there was something to reject. */
  public boolean reject(Jid from, URI actor) {
    return store.inTransaction(session -> {
      Optional<Follower> known =
          session
              .followRequests()
              .find(from.bare(), actor)
              .or(() -> session.followers().find(from.bare(), actor));
      known.ifPresent(follower -> answers.reject(session, from.bare(), follower));
      return known.isPresent();
    });
  }
}
