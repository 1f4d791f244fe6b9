package im.tombolo.core.bridge;

import im.tombolo.core.activity.IntegrityProof;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.KeyIds;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Keys;
import im.tombolo.core.port.Store.Session;
import java.util.Optional;

/**
 * Keeps activities that anybody may read, each with its actor's proof: whoever passes it on, those
 * who get it need not ask us (FEP-8b32).
 */
final class Publication {
  private Publication() {}

  /** False when the same was published before. */
  static boolean add(Session session, BridgeSettings settings, Jid actor, Written activity) {
    String owner = settings.urls().actor(actor).toString();
    // Making keys takes longer than a transaction may; without any nobody could check a proof.
    Optional<Keys.Assigned> keys =
        session.keys().find(owner).or(() -> session.keys().assign(owner));
    String json =
        keys.map(assigned ->
                IntegrityProof.prove(
                    activity.json(),
                    assigned.pairs().ed25519().privatePem(),
                    KeyIds.proof(owner, assigned.version()),
                    settings.clock().instant()))
            .orElse(activity.json());
    return session
        .activities()
        .add(new Activities.Sent(activity.key(), actor, true, json, activity.turn()));
  }
}
