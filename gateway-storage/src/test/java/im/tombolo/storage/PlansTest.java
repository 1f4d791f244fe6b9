package im.tombolo.storage;

import static im.tombolo.core.model.Turn.Urgency.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.model.Turn;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.port.Deliveries.Stop;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No question reads a queue from end to end. Queues are empty for hours, and the planner remembers
 * that when they are full again. What is counted are rows of the table and entries of its indexes.
 */
class PlansTest extends OnStorage {
  private static final int FULL = 400;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000_000})
  void noLookReadsTheWholeOutbox(int kept) {
    sql("delete from activity");
    queueDeliveries("old");
    sql("delete from delivery where id % 1000000 % " + kept + " <> 0");
    sql("analyze delivery");
    sql("delete from delivery");
    queueDeliveries("new");

    long read =
        read(
            "delivery",
            session -> {
              List<Stop> stops = session.deliveries().hostsDue(NOW, Mine.ALL, "", 100).stops();
              session
                  .deliveries()
                  .taken(stops.stream().flatMap(stop -> stop.due().stream()).toList());
              return stops.size() == 100;
            });

    assertThat(read).isLessThan(100 * 40);
  }

  private static void queueDeliveries(String key) {
    act(session -> {
      session.activities().add(new Sent(key, ROMEO, true, "{}", Turn.of(key, USUAL)));
      for (int i = 0; i < FULL; i++) {
        session.deliveries().add(key, URI.create("https://host" + i + ".example/inbox"));
      }
    });
  }

  @Test
  void noClaimReadsAllThatIsToBeDoneInOneNode() {
    act(session -> {
      for (String node : List.of("busy", "quiet")) {
        for (int i = 0; i < (node.equals("busy") ? FULL : 1); i++) {
          session
              .pubsubTasks()
              .add(new ItemAddress(ROMEO, node, node + i), ADA_JID, Optional.empty());
        }
      }
    });

    long read =
        read(
            "pubsub_task",
            session -> session.pubsubTasks().claim(NOW, NOW.plusSeconds(60), 9).size() == 2);

    assertThat(read).isLessThan(30);
  }

  private static long read(String table, Function<Session, Boolean> question) {
    long before = read(table);
    assertThat(ask(question)).isTrue();
    return read(table) - before;
  }

  private static long read(String table) {
    act(session ->
        ((SqlSession) session).sql().list("select pg_stat_force_next_flush()", row -> 1));
    return ask(session ->
        ((SqlSession) session)
            .sql()
            .number(
                "select (select seq_tup_read from pg_stat_user_tables where relname = ?)"
                    + " + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = ?)",
                table,
                table));
  }
}
