package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Store;
import java.net.URI;
import java.time.InstantSource;

/**
 * Where activities come in, after their signature was found good: kept before anybody is told that
 * we have them. Safe for any thread.
 */
public final class InboxDoor {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;

  private final Store store;
  private final InstantSource clock;

  public InboxDoor(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What became of an activity. */
  public sealed interface Verdict {
    /** It is kept, durably. */
    record Accepted() implements Verdict {}

    /** It was kept at an earlier time; to its sender that is no difference. */
    record Duplicate() implements Verdict {}

    /**
     * Nothing happened.
     *
     * @param reason one clause, without anything of the content
     * @param status for the HTTP answer: 400 or 401
     */
    record Refused(String reason, int status) implements Verdict {}
  }

  /**
   * @param signer the actor whose key signed the request
   */
  public Verdict receive(String json, URI signer) {
    return switch (ActivityReader.read(json)) {
      case Reading.Refused<IncomingActivity>(String reason) ->
          new Verdict.Refused(reason, BAD_REQUEST);
      case Reading.Of<IncomingActivity>(IncomingActivity activity) -> {
        if (!activity.actor().equals(signer)) {
          yield new Verdict.Refused("an activity of somebody else than its signer", UNAUTHORIZED);
        }
        boolean isNew =
            store.inTransaction(session ->
                session.inbox().add(activity.id(), activity.actor(), json, clock.instant()));
        yield isNew ? new Verdict.Accepted() : new Verdict.Duplicate();
      }
    };
  }
}
