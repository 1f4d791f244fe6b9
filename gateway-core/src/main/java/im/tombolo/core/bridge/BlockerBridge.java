package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;

/**
 * People there block people here (ActivityStreams Block): nothing is between the two any more, and
 * whoever is blocked is shown nothing of the other, as if nothing were there. Nobody is told. Works
 * inside the caller's transaction.
 */
final class BlockerBridge {
  private final BridgeSettings settings;

  BlockerBridge(BridgeSettings settings) {
    this.settings = settings;
  }

  void blocked(Session session, IncomingActivity.Block block) {
    account(session, block.object())
        .ifPresent(account -> {
          session.blockers().add(account, block.actor(), block.id());
          // Their own server has ended both by itself.
          session.followers().remove(account, block.actor());
          session.followRequests().remove(account, block.actor());
          session.followings().remove(account, block.actor());
        });
  }

  /** What was between them before does not come back. */
  void undone(Session session, IncomingActivity.UndoBlock undo) {
    account(session, undo.object())
        .ifPresent(account -> session.blockers().remove(account, undo.actor()));
  }

  void undone(Session session, IncomingActivity.UndoById undo) {
    session.blockers().removeById(undo.actor(), undo.undone());
  }

  private Optional<Jid> account(Session session, URI url) {
    return settings
        .urls()
        .account(url)
        .filter(account -> session.accounts().find(account).isPresent());
  }
}
