package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import java.util.Optional;

/** The activities that we published; each can be read at its id as long as it is kept. */
public interface Activities {
  /** Inserts; false when the key is there already (the same thing was done before). */
  boolean add(Sent activity);

  Optional<Sent> find(String key);

  /** Forgets what an actor did, but what somebody still waits for; true when something is left. */
  boolean forgetTold(Jid actor);

  /**
   * @param key last segment of the activity's URL
   * @param actor on whose behalf, the signer
   * @param open true when anybody may read it
   * @param json the document as it is delivered
   * @param turn when it is delivered
   */
  record Sent(String key, Jid actor, boolean open, String json, Turn turn) {
    /** About nothing else, so it waits for no other. */
    public Sent(String key, Jid actor, boolean open, String json) {
      this(key, actor, open, json, Turn.of(key, Urgency.USUAL));
    }
  }
}
