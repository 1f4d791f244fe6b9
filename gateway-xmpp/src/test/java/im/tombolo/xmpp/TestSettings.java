package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Links of tests: the real limits, but nobody waits long. */
final class TestSettings {
  static final Jid COMPONENT = Jid.of("ap.example.org");
  static final Duration NEVER = Duration.ofHours(1);
  static final Duration SOON = Duration.ofMillis(20);
  static final LinkSettings.Limits LIMITS = limits(Duration.ofSeconds(10), NEVER);

  private TestSettings() {}

  static LinkSettings.Limits limits(Duration requestTimeout, Duration pingInterval) {
    LinkSettings.Limits real = LinkSettings.Limits.DEFAULT;
    return new LinkSettings.Limits(
        real.stanzaChars(),
        requestTimeout,
        real.requestsAtOnce(),
        real.workQueue(),
        Duration.ofSeconds(2),
        pingInterval,
        Duration.ofMillis(5),
        Duration.ofMillis(20));
  }

  static LinkSettings of(int port, LinkSettings.Limits limits) {
    return of(port, FakeServer.SECRET, limits);
  }

  static LinkSettings of(int port, String secret, LinkSettings.Limits limits) {
    return new LinkSettings(
        "127.0.0.1", port, COMPONENT, secret, List.of(Jid.of(FakeServer.DOMAIN)), limits);
  }

  static ComponentLink link(int port) {
    return link(of(port, LIMITS));
  }

  static ComponentLink link(LinkSettings settings) {
    return new ComponentLink(settings, RandomGenerator.getDefault());
  }
}
