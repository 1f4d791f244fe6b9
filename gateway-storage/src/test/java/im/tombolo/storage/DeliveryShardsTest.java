package im.tombolo.storage;

import static im.tombolo.core.model.Turn.Urgency.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Turn;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.port.DeliveryShards.Share;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which process delivers to which hosts. */
class DeliveryShardsTest extends OnStorage {
  @BeforeEach
  void empty() {
    sql("delete from activity");
    sql("delete from delivery_worker");
  }

  private static Share hold(String worker, Instant now, Integer... busy) {
    return ask(
        session -> session.deliveryShards().hold(worker, now, now.plusSeconds(9), List.of(busy)));
  }

  @Test
  void oneProcessAloneHasAllShards() {
    assertThat(hold("a", NOW)).isEqualTo(Share.ALL);
    assertThat(hold("a", NOW.plusSeconds(8))).isEqualTo(Share.ALL);
  }

  @Test
  void processesShareTheHostsAfterARound() {
    hold("a", NOW);
    assertThat(hold("b", NOW)).as("all are taken").isEqualTo(Share.NONE);
    Share a = hold("a", NOW);
    Share b = hold("b", NOW);

    assertThat(a.shards()).hasSize(32);
    assertThat(b.shards()).hasSize(32).doesNotContainAnyElementsOf(a.shards());
    act(session -> {
      session.activities().add(new Sent("post", ROMEO, true, "{}", Turn.of("post", USUAL)));
      for (int i = 0; i < 20; i++) {
        session.deliveries().add("post", URI.create("https://host" + i + ".example/inbox"));
      }
    });
    List<String> ofA = hosts(a);
    List<String> ofB = hosts(b);
    assertThat(ofA).isNotEmpty().doesNotContainAnyElementsOf(ofB);
    assertThat(ofB).isNotEmpty();
    assertThat(ofA.size() + ofB.size()).isEqualTo(20);
  }

  @Test
  void aShardThatIsBusyIsKeptUntilItIsNot() {
    hold("a", NOW);
    hold("b", NOW);
    assertThat(hold("a", NOW, 63).shards()).as("nothing more is begun there").doesNotContain(63);
    assertThat(hold("b", NOW).shards()).hasSize(31).doesNotContain(63);
    hold("a", NOW);
    assertThat(hold("b", NOW).shards()).hasSize(32).contains(63);
  }

  @Test
  void theShardsOfWhoDiedAreTakenUpByOthers() {
    hold("a", NOW);
    assertThat(hold("b", NOW.plusMillis(8_999))).isEqualTo(Share.NONE);
    assertThat(hold("b", NOW.plusSeconds(9))).isEqualTo(Share.ALL);
    assertThat(hold("a", NOW.plusSeconds(9))).as("it was only late").isEqualTo(Share.NONE);
    assertThat(hold("b", NOW.plusSeconds(9)).shards()).hasSize(32);
  }

  @Test
  void theShardsOfWhoLeavesAreFreeAtOnce() {
    hold("a", NOW);
    act(session -> session.deliveryShards().leave("a"));
    assertThat(hold("b", NOW)).isEqualTo(Share.ALL);
  }

  @Test
  void ofMoreProcessesThanShardsSomeHaveNothingToDo() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 70; i++) {
        hold("process " + i, NOW);
      }
    }
    assertThat(hold("process 0", NOW).shards()).hasSize(1);
    assertThat(hold("process 69", NOW)).isEqualTo(Share.NONE);
  }

  private static List<String> hosts(Share share) {
    return ask(session ->
        session.deliveries().hostsDue(NOW, new Mine(share, Set.of()), "", 100).stops().stream()
            .map(stop -> stop.peer().host())
            .toList());
  }
}
