package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import im.tombolo.storage.Figures.Leader;
import im.tombolo.storage.LeaderSeat.Predecessor;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One process of many sits on the seat. */
class LeaderSeatTest extends OnStorage {
  private static LeaderSeat seat(String holder) {
    return LeaderSeat.open(server.settings(1), holder);
  }

  private static void kill() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.settings(1).url(), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'tombolo leader'");
    }
  }

  @Test
  void oneSitsThere() {
    try (LeaderSeat one = seat("one");
        LeaderSeat other = seat("other")) {
      assertThat(one.take()).isTrue();
      assertThat(other.take()).isFalse();
    }
  }

  @Test
  void theSeatIsFreeAsSoonAsTheConnectionEnds() {
    try (LeaderSeat other = seat("other")) {
      try (LeaderSeat one = seat("one")) {
        one.take();
      }

      await().until(other::take);
    }
  }

  @Test
  void whoRestsHearsThatTheConnectionEnds() throws SQLException {
    LeaderSeat one = seat("one");
    one.take();
    kill();

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> one.rest(Duration.ofMinutes(1)));
  }

  @Test
  void theServerGivesTheSeatOfWhoFallsSilentToAnother() {
    try (LeaderSeat one = LeaderSeat.open(server.settings(1), "one", Duration.ofMillis(100));
        LeaderSeat other = seat("other")) {
      one.take();

      // Its connection is open, and nobody beats.
      await().until(other::take);
    }
  }

  @Test
  void theNextOneLearnsHowItsPredecessorWent() {
    try (LeaderSeat one = seat("one")) {
      one.take();
      one.beat(true);

      assertThat(one.predecessor())
          .hasValueSatisfying(last -> {
            assertThat(last.hasLeft()).isFalse();
            assertThat(last.silence()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
          });
      one.leave();
      assertThat(one.predecessor().map(Predecessor::hasLeft)).contains(true);
    }
  }

  @Test
  void theOthersCanReadWhoHasTheLink() {
    try (LeaderSeat one = seat("one")) {
      one.take();
      one.beat(false);
      assertThat(storage.figures(Figures::leader).filter(Leader::hasLink)).isEmpty();

      one.beat(true);

      assertThat(storage.figures(Figures::leader).filter(Leader::hasLink).map(Leader::holder))
          .contains("one");
      one.leave();
      assertThat(storage.figures(Figures::leader)).isEmpty();
    }
  }
}
