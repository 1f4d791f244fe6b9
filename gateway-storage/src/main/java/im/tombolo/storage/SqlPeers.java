package im.tombolo.storage;

import im.tombolo.core.port.Peers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

record SqlPeers(Sql sql, InstantSource clock) implements Peers {
  // A peer that talks but does not listen is not tried at each of its messages.
  private static final Duration JUST_NOW = Duration.ofMinutes(1);

  @Override
  public void heardFrom(String host) {
    Instant now = clock.instant();
    sql.update(
        "update peer set resume_at = ? where host = ? and resume_at > ? and failed_at <= ?"
            + " and (asked_until is null or asked_until <= ?)",
        now,
        host,
        now,
        now.minus(JUST_NOW),
        now);
  }
}
