package im.tombolo.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private final Receipts receipts = new Receipts();

  @Test
  void theSameIdAgainIsNoDouble() {
    receive("inbox", "activity-1");
    receive("inbox", "activity-1");
    assertThat(receipts.total()).isEqualTo(1);
    assertThat(receipts.repeated()).isEqualTo(1);
    assertThat(receipts.doubled()).isZero();
  }

  @Test
  void anotherIdForTheSameIsADouble() {
    receive("inbox", "activity-1");
    receive("inbox", "activity-2");
    assertThat(receipts.doubled()).isEqualTo(1);
  }

  @Test
  void eachPlaceCountsForItself() {
    receive("one", "activity-1");
    receive("other", "activity-1");
    assertThat(receipts.total()).isEqualTo(2);
    assertThat(receipts.of(7).places()).isEqualTo(2);
  }

  private void receive(String place, String id) {
    assertThat(receipts.add("a post with " + Receipts.mark(7) + ".", place, id, 1)).isTrue();
  }
}
