package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostBudgetTest {
  private final AtomicLong time = new AtomicLong();

  private static URI host(String name) {
    return URI.create("https://" + name + "/x");
  }

  @Test
  void case55_hostsBeyondTheBoundAreForgotten() {
    HostBudget budget = new HostBudget(1, Duration.ofMinutes(10), time::get);
    IntStream.range(0, 100_000).forEach(i -> budget.spend(host("h" + i + ".example")));
    long known = Long.MAX_VALUE;
    // What is too much is forgotten beside the work, in its own time.
    for (int i = 0; i < 100 && known > 10_000; i++) {
      known =
          IntStream.range(0, 100_000)
              .filter(n -> budget.isSpent(host("h" + n + ".example")))
              .count();
    }
    assertThat(known).isLessThanOrEqualTo(10_000);
  }

  @Test
  void case55_whatWasSpentIsForgottenAfterItsTime() {
    HostBudget budget = new HostBudget(1, Duration.ofMinutes(10), time::get);
    assertThat(budget.spend(host("a.example"))).isTrue();
    assertThat(budget.spend(host("a.example"))).isFalse();
    time.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(budget.spend(host("a.example"))).isTrue();
  }

  @Test
  void case44_allHostsOfOneDomainHaveOneBudget() {
    HostBudget budget = HostBudget.ofSites(2, Duration.ofMinutes(10), time::get);
    assertThat(budget.spend(host("a.evil.example"))).isTrue();
    assertThat(budget.spend(host("b.c.evil.example"))).isTrue();
    assertThat(budget.spend(host("d.evil.example"))).isFalse();
    assertThat(budget.spend(host("other.example"))).isTrue();
  }
}
