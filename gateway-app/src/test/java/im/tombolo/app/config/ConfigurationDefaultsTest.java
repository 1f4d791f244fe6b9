package im.tombolo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.config.ConfigurationReader.Outcome;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.Forgetting;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.http.client.ClientSettings;
import im.tombolo.http.client.DeliveryWork;
import im.tombolo.http.media.MediaLimits;
import im.tombolo.http.server.ServerSettings;
import im.tombolo.http.signature.Dialects;
import im.tombolo.xmpp.LinkSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key that there is, with its default and with another value. */
class ConfigurationDefaultsTest {
  @TempDir Path directory;

  private Outcome read(String yaml) throws IOException {
    return ConfigurationReader.read(
        Files.writeString(directory.resolve("tombolo.yml"), yaml), Map.of());
  }

  @Test
  void theseAreAllKeysWithTheirDefaults() {
    assertThat(Settings.ALL)
        .extracting(setting ->
            setting.key()
                + " = "
                + (setting.required() ? "required" : setting.fallback().orElse("none")))
        .containsExactly(
            "xmpp.component = required",
            "xmpp.host = 127.0.0.1",
            "xmpp.port = 5347",
            "xmpp.secret = none",
            "xmpp.secret-file = none",
            "xmpp.domains = required",
            "web.url = required",
            "web.listen = 127.0.0.1:8080",
            "web.trusted-proxies = 127.0.0.1",
            "web.security-contact = none",
            "admin.listen = 127.0.0.1:9090",
            "admin.token = none",
            "admin.token-file = none",
            "admin.jids = ",
            "database.url = embedded",
            "database.user = ",
            "database.password = none",
            "database.password-file = none",
            "database.directory = data/postgres",
            "database.port = 0",
            "database.key-encryption-secret = none",
            "database.key-encryption-secret-file = none",
            "bridge.consent = open-nodes",
            "bridge.likes-as-comments = true",
            "bridge.send-blocks = false",
            "bridge.communities = ",
            "federation.mode = open",
            "federation.allowed-domains = ",
            "federation.blocked-domains = ",
            "federation.authorized-fetch = false",
            "federation.allow-private-addresses = false",
            "federation.allow-http = false",
            "federation.trusted-certificates = none",
            "federation.signatures = auto",
            "media.proxy = false",
            "media.directory = data/media",
            "limits.reconcile-soonest = 5m",
            "limits.reconcile-latest = 24h",
            "limits.reconcile-items = 200",
            "limits.history-posts = 40",
            "limits.xmpp-stanza-size = 1MiB",
            "limits.xmpp-request-timeout = 20s",
            "limits.xmpp-requests-at-once = 500",
            "limits.xmpp-work-queue = 1000",
            "limits.http-connections-per-host = 8",
            "limits.http-connections-kept = 1000",
            "limits.http-requests-at-once = 256",
            "limits.http-document-size = 1MiB",
            "limits.http-redirects = 3",
            "limits.http-connect-timeout = 5s",
            "limits.http-request-timeout = 20s",
            "limits.inbox-size = 1MiB",
            "limits.inbox-memory = 8MiB",
            "limits.inbox-waiting = 100000",
            "limits.inbox-per-host = 12000",
            "limits.inbox-per-actor = 1200",
            "limits.web-connections = 1000",
            "limits.web-idle = 30s",
            "limits.web-request-time = 60s",
            "limits.page-size = 20",
            "limits.answer-age = 1s",
            "limits.deliveries-at-once = 384",
            "limits.deliveries-per-host = 2",
            "limits.delivery-give-up = 7d",
            "limits.media-size = 40MiB",
            "limits.media-total-size = 1GiB",
            "limits.media-age = 7d",
            "limits.remote-content-age = 30d",
            "limits.sent-age = 90d",
            "limits.dead-delivery-age = 30d",
            "limits.database-connections = 16",
            "limits.spare-keys = 20");
  }

  @Test
  void fourKeysAreEnough() throws IOException {
    assertThat(
            read(
                """
                xmpp:
                  component: ap.example.org
                  secret: hunter2
                  domains: [example.org]
                web:
                  url: https://example.org
                """))
        .isEqualTo(
            new Outcome.Good(
                new Configuration(
                    new Configuration.Xmpp(
                        "ap.example.org",
                        "127.0.0.1",
                        5347,
                        new Secret("hunter2"),
                        List.of("example.org")),
                    new Configuration.Web(
                        URI.create("https://example.org"),
                        InetSocketAddress.createUnresolved("127.0.0.1", 8080),
                        List.of("127.0.0.1"),
                        Optional.empty()),
                    new Configuration.Admin(
                        InetSocketAddress.createUnresolved("127.0.0.1", 9090),
                        Optional.empty(),
                        List.of()),
                    new Configuration.Database.Embedded(directory.resolve("data/postgres"), 0),
                    Optional.empty(),
                    BridgeSettings.Choices.DEFAULT,
                    new Configuration.Federation(
                        false,
                        false,
                        false,
                        Optional.empty(),
                        Dialects.Preference.AUTO,
                        new Configuration.Servers(false, List.of(), List.of())),
                    new Configuration.Media(false, directory.resolve("data/media")),
                    new Configuration.Limits(
                        BridgeSettings.Limits.DEFAULT,
                        LinkSettings.Limits.DEFAULT,
                        ClientSettings.Limits.DEFAULT,
                        ServerSettings.Limits.DEFAULT,
                        InboxDoor.Limits.DEFAULT,
                        DeliveryWork.Limits.DEFAULT,
                        MediaLimits.DEFAULT,
                        Forgetting.Ages.DEFAULT,
                        16,
                        20))));
  }

  @Test
  void everyKeyCanBeGiven() throws IOException {
    Files.writeString(directory.resolve("password"), "pa55\n");
    Path certificates = Files.writeString(directory.resolve("ca.pem"), "x");
    LinkSettings.Limits link = LinkSettings.Limits.DEFAULT;

    assertThat(
            read(
                """
                xmpp:
                  component: AP.Example.org
                  host: xmpp.example.org
                  port: 5348
                  secret: hunter2
                  domains: [example.org, PubSub.example.org]
                web:
                  url: https://example.org/ap
                  listen: 0.0.0.0:8081
                  trusted-proxies: [10.0.0.1, 10.0.0.2]
                  security-contact: mailto:security@example.org
                admin:
                  listen: 192.0.2.1:9091
                  token: let-me-in-please
                  jids: [Admin@example.org, root@example.org]
                database:
                  url: jdbc:postgresql://db/tombolo
                  user: tombolo
                  password-file: password
                  directory: elsewhere
                  port: 5433
                  key-encryption-secret: open sesame
                bridge:
                  consent: opt-in
                  likes-as-comments: false
                  send-blocks: true
                  communities: ["@cats@lemmy.example"]
                federation:
                  mode: allow-list
                  allowed-domains: [Friends.example., bücher.example]
                  blocked-domains: [bad.friends.example]
                  authorized-fetch: true
                  allow-private-addresses: yes
                  allow-http: on
                  trusted-certificates: ca.pem
                  signatures: rfc9421
                media:
                  proxy: true
                  directory: /var/cache/media
                limits:
                  reconcile-soonest: 1m
                  reconcile-latest: 2h
                  reconcile-items: 3
                  history-posts: 4
                  xmpp-stanza-size: 512KiB
                  xmpp-request-timeout: 500ms
                  xmpp-requests-at-once: 5
                  xmpp-work-queue: 6
                  http-connections-per-host: 7
                  http-connections-kept: 77
                  http-requests-at-once: 8
                  http-document-size: 2MiB
                  http-redirects: 0
                  http-connect-timeout: 9s
                  http-request-timeout: 10s
                  inbox-size: 2048
                  inbox-memory: 4KiB
                  inbox-waiting: 125
                  inbox-per-host: 26
                  inbox-per-actor: 27
                  web-connections: 11
                  web-idle: 12s
                  web-request-time: 13s
                  page-size: 13
                  answer-age: 28s
                  deliveries-at-once: 14
                  deliveries-per-host: 3
                  delivery-give-up: 15d
                  media-size: 16KiB
                  media-total-size: 20GiB
                  media-age: 17h
                  remote-content-age: 18d
                  sent-age: 19d
                  dead-delivery-age: 20d
                  database-connections: 17
                  spare-keys: 0
                """))
        .isEqualTo(
            new Outcome.Good(
                new Configuration(
                    new Configuration.Xmpp(
                        "ap.example.org",
                        "xmpp.example.org",
                        5348,
                        new Secret("hunter2"),
                        List.of("example.org", "pubsub.example.org")),
                    new Configuration.Web(
                        URI.create("https://example.org/ap"),
                        InetSocketAddress.createUnresolved("0.0.0.0", 8081),
                        List.of("10.0.0.1", "10.0.0.2"),
                        Optional.of(URI.create("mailto:security@example.org"))),
                    new Configuration.Admin(
                        InetSocketAddress.createUnresolved("192.0.2.1", 9091),
                        Optional.of(new Secret("let-me-in-please")),
                        List.of(Jid.of("admin@example.org"), Jid.of("root@example.org"))),
                    new Configuration.Database.External(
                        "jdbc:postgresql://db/tombolo", "tombolo", new Secret("pa55")),
                    Optional.of(new Secret("open sesame")),
                    new BridgeSettings.Choices(
                        BridgeSettings.Consent.OPT_IN,
                        false,
                        List.of(new Handle("cats", "lemmy.example")),
                        true),
                    new Configuration.Federation(
                        true,
                        true,
                        true,
                        Optional.of(certificates),
                        Dialects.Preference.RFC_9421,
                        new Configuration.Servers(
                            true,
                            List.of("friends.example", "xn--bcher-kva.example"),
                            List.of("bad.friends.example"))),
                    new Configuration.Media(true, Path.of("/var/cache/media")),
                    new Configuration.Limits(
                        new BridgeSettings.Limits(Duration.ofMinutes(1), Duration.ofHours(2), 3, 4),
                        new LinkSettings.Limits(
                            512 * 1024,
                            Duration.ofMillis(500),
                            5,
                            6,
                            link.connectTimeout(),
                            link.pingInterval(),
                            link.shortestWait(),
                            link.longestWait()),
                        new ClientSettings.Limits(
                            7,
                            77,
                            8,
                            2 * 1024 * 1024,
                            0,
                            Duration.ofSeconds(9),
                            Duration.ofSeconds(10)),
                        new ServerSettings.Limits(
                            2048,
                            4096,
                            11,
                            Duration.ofSeconds(12),
                            Duration.ofSeconds(13),
                            13,
                            Duration.ofSeconds(28)),
                        new InboxDoor.Limits(125, 26, 27),
                        new DeliveryWork.Limits(14, 3, Duration.ofDays(15)),
                        new MediaLimits(16 << 10, 20L << 30, Duration.ofHours(17)),
                        new Forgetting.Ages(
                            Duration.ofDays(18), Duration.ofDays(19), Duration.ofDays(20)),
                        17,
                        0))));
  }

  @Test
  void everyKeyIsDocumented() {
    assertThat(SettingsTable.markdown().lines().skip(2))
        .hasSameSizeAs(Settings.ALL)
        .contains(
            "| `xmpp.port` | `TOMBOLO_XMPP_PORT` | a whole number from 1 to 65535 | `5347` | its"
                + " port for components |")
        .contains(
            "| `web.url` | `TOMBOLO_WEB_URL` | a URL such as https://example.org | required |"
                + " public base URL, as the fediverse sees it; may have a path |")
        .allSatisfy(line ->
            assertThat(line).matches("\\| `[a-z.-]+` \\| `[A-Z_]+` \\| .+ \\| .* \\| .+ \\|"));
  }
}
