package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.QueuedDeliveries.Selection;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Ends what there is with whom the administrator does not want: follows in both directions, what is
 * kept of them, what waits for them. Nothing is said to them. Goes through all after each change of
 * the rules and after a start, a page at a time. One thread at a time.
 */
public final class Severance {
  private static final int PAGE = 500;

  private final Store store;
  private final Moderation moderation;
  private final Notices notices = new Notices();
  private final ReactionBridge reactions;
  private boolean isChanged = true;
  private long done = -1;
  private boolean isUnderway;
  private Optional<URI> after = Optional.empty();

  public Severance(
      Store store, Fediverse fediverse, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.moderation = settings.moderation();
    this.reactions =
        new ReactionBridge(
            store, new RemoteSource(store, fediverse, directory, settings), settings);
  }

  /** Looks at the rules, and at some of those whom they may concern; how many it looked at. */
  public int runDue() {
    moderation.refresh(store);
    if (moderation.version() != done) {
      done = moderation.version();
      isChanged = true;
    }
    if (isChanged && !isUnderway) {
      isChanged = false;
      isUnderway = true;
      after = Optional.empty();
      dropDeliveries();
    }
    return isUnderway ? page() : 0;
  }

  private int page() {
    List<URI> actors = store.inTransaction(session -> session.rules().actors(after, PAGE));
    actors.stream()
        .filter(moderation::refuses)
        .forEach(actor ->
            store.inTransaction(session -> {
              end(session, actor);
              return true;
            }));
    isUnderway = actors.size() == PAGE;
    after = isUnderway ? Optional.of(actors.getLast()) : Optional.empty();
    return actors.size();
  }

  private void end(Session session, URI actor) {
    notices.ended(session, actor, Ids.key("severed", actor.toString()));
    reactions.gone(session, actor);
    session.remoteActors().remove(actor);
  }

  private void dropDeliveries() {
    String last = "";
    List<String> hosts;
    do {
      String from = last;
      hosts = store.inTransaction(session -> session.rules().hosts(from, PAGE));
      hosts.stream().filter(moderation::refusesServer).forEach(this::dropFor);
      last = hosts.isEmpty() ? "" : hosts.getLast();
    } while (hosts.size() == PAGE);
  }

  private void dropFor(String host) {
    Selection selection = new Selection(Optional.of(host), false);
    int dropped;
    do {
      dropped =
          store.inTransaction(session -> session.queuedDeliveries().drop(selection, PAGE).size());
    } while (dropped == PAGE);
  }
}
