package im.tombolo.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedResolverTest {
  private final List<String> asked = new ArrayList<>();
  private final Queue<List<String>> answers = new ArrayDeque<>();

  private InetAddress[] names(String host) throws UnknownHostException {
    asked.add(host);
    List<String> answer = answers.poll();
    if (answer == null) {
      throw new UnknownHostException(host);
    }
    InetAddress[] addresses = new InetAddress[answer.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] =
          InetAddress.getByAddress(host, InetAddress.getByName(answer.get(i)).getAddress());
    }
    return addresses;
  }

  private List<String> resolve(CheckedResolver.Names names, boolean allowPrivate, String host)
      throws Exception {
    Promise.Completable<List<InetSocketAddress>> promise = new Promise.Completable<>();
    new CheckedResolver(Runnable::run, names, allowPrivate).resolve(host, 443, Map.of(), promise);
    return promise.get().stream()
        .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
        .toList();
  }

  private List<String> resolve(String host) throws Exception {
    return resolve(this::names, false, host);
  }

  @Test
  void aNameLeadsToItsPublicAddresses() throws Exception {
    answers.add(List.of("93.184.216.34", "2606:2800:220:1::1"));
    assertThat(resolve("social.example"))
        .containsExactly("93.184.216.34:443", "2606:2800:220:1:0:0:0:1:443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1"})
  void aNameThatLeadsInsideIsRefused(String address) {
    answers.add(List.of(address));
    assertThatThrownBy(() -> resolve("evil.example"))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void case31_aNameThatLeadsOutAndInIsRefused() {
    answers.add(List.of("93.184.216.34", "192.168.0.1"));
    assertThatThrownBy(() -> resolve("evil.example")).hasMessageContaining("not public");
  }

  /** So a name that changes between check and use gains nothing: what was checked is dialled. */
  @Test
  void case31_aNameIsAskedForOnceAndEachAnswerIsChecked() throws Exception {
    answers.add(List.of("93.184.216.34"));
    answers.add(List.of("127.0.0.1"));
    assertThat(resolve("rebind.example")).containsExactly("93.184.216.34:443");
    assertThat(asked).hasSize(1);
    assertThatThrownBy(() -> resolve("rebind.example")).hasMessageContaining("not public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost.",
        "foo.localhost",
        "printer.local",
        "Printer.LOCAL.",
        "metadata.google.internal",
        "router.home.arpa",
        "intranet",
        "intranet.",
        ".",
        "",
        "2130706433",
        "134744072",
        "0x7f000001",
        "0x08080808",
        "017700000001",
        "0177.1",
        "127.1",
        "8.8.2056",
        "0x8.0x8.0x8.0x8",
        "010.010.010.010",
        "8.8.8.8.8",
        "08.8.8.8"
      })
  void case30_aNameThatMeansSomethingHereOnlyIsNotEvenAskedFor(String host) {
    answers.add(List.of("93.184.216.34"));
    assertThatThrownBy(() -> resolve(host)).hasMessageContaining("not a name on the internet");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "social.example",
        "SOCIAL.example.",
        "local.example",
        "localhost.example",
        "internal.social.example",
        "0x7f.example",
        "xn--bcher-kva.example",
        "1.example"
      })
  void anOrdinaryNameIsAskedFor(String host) throws Exception {
    answers.add(List.of("93.184.216.34"));
    assertThat(resolve(host)).containsExactly("93.184.216.34:443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "[::1]",
        "::1",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "[fe80::1%1]"
      })
  void case30_anAddressWrittenAsNumbersIsCheckedToo(String host) {
    assertThatThrownBy(() -> resolve(InetAddress::getAllByName, false, host))
        .hasMessageContaining("not public");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]"})
  void aClosedNetworkMayUseItsOwnAddresses(String host) throws Exception {
    assertThat(resolve(InetAddress::getAllByName, true, host)).isNotEmpty();
  }

  @Test
  void aNameThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> resolve("nobody.example"))
        .hasCauseInstanceOf(UnknownHostException.class);
  }
}
