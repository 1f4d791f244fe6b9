package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Store.Session;
import java.net.URI;

/**
 * Tells the server of somebody who is blocked here, and nobody else, where the administrator wants
 * that: the server then hides the two from each other. A block of a domain is told to nobody. Works
 * inside the caller's transaction.
 */
final class BlockTelling {
  private final BridgeSettings settings;
  private final ActivityWriter activities;

  BlockTelling(BridgeSettings settings) {
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
  }

  /**
   * @param target actor id or domain
   */
  void blocked(Session session, Jid account, String target) {
    if (!settings.choices().sendsBlocks()
        || isDomain(target)
        || session.blocks().toldBy(account, target).isPresent()) {
      return;
    }
    URI actor = URI.create(target);
    Written block = activities.block(account, actor, settings.clock().instant());
    send(session, account, actor, block);
    session.blocks().told(account, target, block.key());
  }

  /** What was told is taken back, whatever the administrator wants by now; before it is removed. */
  void unblocked(Session session, Jid account, String target) {
    session
        .blocks()
        .toldBy(account, target)
        .ifPresent(key -> {
          URI actor = URI.create(target);
          send(session, account, actor, activities.undoBlock(account, actor, key));
        });
  }

  private static boolean isDomain(String target) {
    return !target.contains("/");
  }

  private static void send(Session session, Jid signer, URI actor, Written activity) {
    session
        .remoteActors()
        .find(actor)
        .ifPresent(known -> {
          session
              .activities()
              .add(
                  new Activities.Sent(
                      activity.key(), signer, false, activity.json(), activity.turn()));
          session.deliveries().add(activity.key(), known.endpoints().inbox());
        });
  }
}
