package im.tombolo.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.bench.peer.Hosts.Health;
import im.tombolo.bench.peer.Hosts.Ports;
import java.net.InetAddress;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private static final Hosts HOSTS = new Hosts(5_000, 20, new Ports(8_001, 8_002, 8_003));

  @ParameterizedTest
  @ValueSource(ints = {0, 249, 250, 4_999})
  void aHostIsKnownByTheAddressThatWasCalled(int host) throws Exception {
    InetAddress called = InetAddress.getByName(URI.create(HOSTS.origin(host)).getHost());
    assertThat(called.isLoopbackAddress()).isTrue();
    assertThat(Hosts.at(called)).isEqualTo(host);
  }

  @Test
  void asManyAsWereAskedForAreIllInEveryWay() {
    assertThat(HOSTS.well()).isEqualTo(4_000);
    assertThat(IntStream.range(0, 5_000).mapToObj(HOSTS::health).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Health.values());
  }
}
