package im.tombolo.app.config;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every key that there is, in the order of the documentation. */
final class Settings {
  static final Setting<String> COMPONENT =
      Types.required(Types.domain("xmpp.component", "domain of the gateway at the XMPP server"));
  static final Setting<String> HOST =
      Types.text("xmpp.host", "a host name or address", "127.0.0.1", "where the XMPP server is");
  static final Setting<Integer> PORT =
      Types.integer("xmpp.port", 1, 65_535, 5_347, "its port for components");
  static final Setting<Secret> SECRET =
      Types.secret("xmpp.secret", "shared with the XMPP server; or use xmpp.secret-file");
  static final Setting<Path> SECRET_FILE =
      Types.path("xmpp.secret-file", "", "file that holds the secret");
  static final Setting<List<String>> DOMAINS =
      Types.required(
          Types.domains("xmpp.domains", "XMPP domains whose people and nodes are served"));
  static final Setting<URI> URL =
      Types.required(
          Types.url("web.url", "public base URL, as the fediverse sees it; may have a path"));
  static final Setting<InetSocketAddress> LISTEN =
      Types.address("web.listen", "127.0.0.1:8080", "where the web server listens");
  static final Setting<List<String>> TRUSTED_PROXIES =
      Types.list(
          "web.trusted-proxies",
          "a list of addresses",
          "127.0.0.1",
          "proxies whose X-Forwarded-Host counts",
          Types::address);
  static final Setting<URI> SECURITY_CONTACT =
      Types.contact(
          "web.security-contact", "whom to tell of holes, in /.well-known/security.txt (RFC 9116)");
  static final Setting<InetSocketAddress> ADMIN_LISTEN =
      Types.address(
          "admin.listen",
          "127.0.0.1:9090",
          "dashboard, status, health, metrics; beyond loopback with admin.token only");
  static final Setting<Secret> ADMIN_TOKEN =
      Types.token("admin.token", "has to be shown at admin.listen; or use admin.token-file");
  static final Setting<Path> ADMIN_TOKEN_FILE =
      Types.path("admin.token-file", "", "file that holds the token");
  static final Setting<List<Jid>> ADMIN_JIDS =
      Types.list("admin.jids", "a list of JIDs", "", "who may administer over XMPP", Jid::of);
  static final Setting<String> DATABASE =
      Types.text(
          "database.url", "embedded or jdbc:postgresql://…", "embedded", "where the database is");
  static final Setting<Optional<String>> DATABASE_USER =
      new Setting<>(
          "database.user",
          "a text",
          Optional.of(""),
          false,
          "name at an external database",
          values -> values.stream().findFirst().filter(text -> !text.isEmpty()));
  static final Setting<Secret> DATABASE_PASSWORD =
      Types.secret("database.password", "for it; or use database.password-file");
  static final Setting<Path> DATABASE_PASSWORD_FILE =
      Types.path("database.password-file", "", "file that holds the password");
  static final Setting<Path> DATABASE_DIRECTORY =
      Types.path("database.directory", "data/postgres", "data of the embedded database");
  static final Setting<Integer> DATABASE_PORT =
      Types.integer(
          "database.port", 0, 65_535, 0, "port of the embedded database; 0 takes a free one");
  static final Setting<Secret> KEY_ENCRYPTION_SECRET =
      Types.secret(
          "database.key-encryption-secret",
          "encrypts private keys; or use database.key-encryption-secret-file");
  static final Setting<Path> KEY_ENCRYPTION_SECRET_FILE =
      Types.path("database.key-encryption-secret-file", "", "file that holds that secret");
  static final Setting<String> CONSENT =
      Types.choice(
          "bridge.consent",
          List.of("open-nodes", "opt-in"),
          "whose blogs are bridged: those that strangers may read, or only of people who joined");
  static final Setting<Boolean> LIKES_AS_COMMENTS =
      Types.flag(
          "bridge.likes-as-comments",
          true,
          "whether likes are shown as comments too, as Movim reads them");
  static final Setting<Boolean> SEND_BLOCKS =
      Types.flag(
          "bridge.send-blocks",
          false,
          "whether whom a person here blocks is told to their server, which may tell them");
  static final Setting<List<Handle>> COMMUNITIES =
      Types.list(
          "bridge.communities",
          "a list of handles",
          "",
          "groups of the fediverse that the gateway lists for people to find, 100 at most",
          Types::handle);
  static final Setting<String> MODE =
      Types.choice(
          "federation.mode",
          List.of("open", "allow-list"),
          "which fediverse servers are talked to: all, or those of federation.allowed-domains");
  static final Setting<List<String>> ALLOWED_DOMAINS =
      Types.servers(
          "federation.allowed-domains", "with allow-list: the only ones, with all below them");
  static final Setting<List<String>> BLOCKED_DOMAINS =
      Types.servers(
          "federation.blocked-domains",
          "servers that are not talked to, with all below them; tombolo block adds more");
  static final Setting<Boolean> AUTHORIZED_FETCH =
      Types.flag(
          "federation.authorized-fetch", false, "whether ActivityPub is for signed requests only");
  static final Setting<Boolean> ALLOW_PRIVATE =
      Types.flag("federation.allow-private-addresses", false, "for tests and closed networks only");
  static final Setting<Boolean> ALLOW_HTTP =
      Types.flag("federation.allow-http", false, "for tests and closed networks only");
  static final Setting<Path> TRUSTED_CERTIFICATES =
      Types.path("federation.trusted-certificates", "", "more certificate authorities, PEM");
  static final Setting<String> SIGNATURES =
      Types.choice(
          "federation.signatures",
          List.of("auto", "draft-cavage", "rfc9421"),
          "which signatures go first to an unknown host; draft-cavage: no others");

  static final Setting<Boolean> MEDIA_PROXY =
      Types.flag(
          "media.proxy",
          false,
          "whether XMPP people get files of the fediverse through the gateway");
  static final Setting<Path> MEDIA_DIRECTORY =
      Types.path("media.directory", "data/media", "copies of such files; may be deleted");

  static final Setting<Duration> RECONCILE_SOONEST =
      Types.duration(
          "limits.reconcile-soonest", "5m", "shortest time between two readings of a blog");
  static final Setting<Duration> RECONCILE_LATEST =
      Types.duration(
          "limits.reconcile-latest", "24h", "longest time between two readings of a blog");
  static final Setting<Integer> RECONCILE_ITEMS =
      Types.integer("limits.reconcile-items", 1, 10_000, 200, "newest items of a reading");
  static final Setting<Integer> HISTORY_POSTS =
      Types.integer(
          "limits.history-posts",
          1,
          1_000,
          40,
          "posts read of a fediverse account's past at a time");
  static final Setting<Integer> STANZA_SIZE =
      Types.size("limits.xmpp-stanza-size", 1 << 24, "1MiB", "longest stanza that is read");
  static final Setting<Duration> XMPP_TIMEOUT =
      Types.duration("limits.xmpp-request-timeout", "20s", "how long an XMPP answer may take");
  static final Setting<Integer> XMPP_REQUESTS =
      Types.integer(
          "limits.xmpp-requests-at-once", 1, 10_000, 500, "XMPP questions under way at a time");
  static final Setting<Integer> XMPP_QUEUE =
      Types.integer(
          "limits.xmpp-work-queue", 1, 100_000, 1_000, "stanzas that wait to be worked on");
  static final Setting<Integer> HTTP_PER_HOST =
      Types.integer(
          "limits.http-connections-per-host", 1, 100, 8, "connections to one fediverse server");
  static final Setting<Integer> HTTP_KEPT =
      Types.integer(
          "limits.http-connections-kept",
          0,
          100_000,
          1_000,
          "connections to the fediverse with which none is kept open for the next request");
  static final Setting<Integer> HTTP_AT_ONCE =
      Types.integer(
          "limits.http-requests-at-once", 1, 10_000, 256, "requests to the fediverse at a time");
  static final Setting<Integer> HTTP_DOCUMENT =
      Types.size("limits.http-document-size", 1 << 24, "1MiB", "longest document that is read");
  static final Setting<Integer> HTTP_REDIRECTS =
      Types.integer("limits.http-redirects", 0, 10, 3, "redirects followed for one question");
  static final Setting<Duration> HTTP_CONNECT =
      Types.duration("limits.http-connect-timeout", "5s", "how long a connection may take");
  static final Setting<Duration> HTTP_TIMEOUT =
      Types.duration("limits.http-request-timeout", "20s", "how long a whole request may take");
  static final Setting<Integer> INBOX_SIZE =
      Types.size("limits.inbox-size", 1 << 24, "1MiB", "longest activity that is taken");
  static final Setting<Integer> INBOX_MEMORY =
      Types.size(
          "limits.inbox-memory", 1 << 30, "8MiB", "all activities that are being taken at a time");
  static final Setting<Integer> INBOX_WAITING =
      Types.integer(
          "limits.inbox-waiting",
          100,
          100_000_000,
          100_000,
          "activities that may wait; then senders are asked to come later");
  static final Setting<Integer> INBOX_PER_HOST =
      Types.integer(
          "limits.inbox-per-host",
          1,
          100_000_000,
          12_000,
          "activities of one fediverse server in a minute, with all others of its domain");
  static final Setting<Integer> INBOX_PER_ACTOR =
      Types.integer(
          "limits.inbox-per-actor",
          1,
          100_000_000,
          1_200,
          "activities of one fediverse account in a minute");
  static final Setting<Integer> WEB_CONNECTIONS =
      Types.integer("limits.web-connections", 1, 100_000, 1_000, "open connections to us");
  static final Setting<Duration> WEB_IDLE =
      Types.duration("limits.web-idle", "30s", "until a silent connection is closed");
  static final Setting<Duration> WEB_REQUEST_TIME =
      Types.duration(
          "limits.web-request-time",
          "60s",
          "how long the head of a request may take, and its body");
  static final Setting<Integer> PAGE_SIZE =
      Types.integer("limits.page-size", 1, 100, 20, "items of a page of a collection or blog");
  static final Setting<Duration> ANSWER_AGE =
      Types.duration(
          "limits.answer-age", "1s", "how old a page or document may be that many ask for at once");
  static final Setting<Integer> DELIVERIES =
      Types.integer("limits.deliveries-at-once", 1, 10_000, 384, "deliveries under way at a time");
  static final Setting<Integer> DELIVERIES_PER_HOST =
      Types.integer("limits.deliveries-per-host", 1, 4, 2, "of them to one fediverse server");
  static final Setting<Duration> DELIVERY_GIVE_UP =
      Types.duration("limits.delivery-give-up", "7d", "after which a delivery counts as dead");
  static final Setting<Long> MEDIA_SIZE =
      Types.largeSize("limits.media-size", "40MiB", "longest file that goes through the proxy");
  static final Setting<Long> MEDIA_TOTAL =
      Types.largeSize("limits.media-total-size", "1GiB", "all copies of files together");
  static final Setting<Duration> MEDIA_AGE =
      Types.duration("limits.media-age", "7d", "how long a copy of a file is kept");
  static final Setting<Duration> REMOTE_CONTENT_AGE =
      Types.duration(
          "limits.remote-content-age",
          "30d",
          "how long fediverse accounts that nobody here follows are kept after they were read"
              + " last");
  static final Setting<Duration> SENT_AGE =
      Types.duration("limits.sent-age", "90d", "how long activities are kept that were delivered");
  static final Setting<Duration> DEAD_DELIVERY_AGE =
      Types.duration("limits.dead-delivery-age", "30d", "how long dead deliveries are kept");
  static final Setting<Integer> DATABASE_CONNECTIONS =
      Types.integer("limits.database-connections", 2, 1_000, 16, "connections to PostgreSQL");
  static final Setting<Integer> SPARE_KEYS =
      Types.integer("limits.spare-keys", 0, 10_000, 20, "key pairs that are made ahead of need");

  static final List<Setting<?>> ALL =
      List.of(
          COMPONENT,
          HOST,
          PORT,
          SECRET,
          SECRET_FILE,
          DOMAINS,
          URL,
          LISTEN,
          TRUSTED_PROXIES,
          SECURITY_CONTACT,
          ADMIN_LISTEN,
          ADMIN_TOKEN,
          ADMIN_TOKEN_FILE,
          ADMIN_JIDS,
          DATABASE,
          DATABASE_USER,
          DATABASE_PASSWORD,
          DATABASE_PASSWORD_FILE,
          DATABASE_DIRECTORY,
          DATABASE_PORT,
          KEY_ENCRYPTION_SECRET,
          KEY_ENCRYPTION_SECRET_FILE,
          CONSENT,
          LIKES_AS_COMMENTS,
          SEND_BLOCKS,
          COMMUNITIES,
          MODE,
          ALLOWED_DOMAINS,
          BLOCKED_DOMAINS,
          AUTHORIZED_FETCH,
          ALLOW_PRIVATE,
          ALLOW_HTTP,
          TRUSTED_CERTIFICATES,
          SIGNATURES,
          MEDIA_PROXY,
          MEDIA_DIRECTORY,
          RECONCILE_SOONEST,
          RECONCILE_LATEST,
          RECONCILE_ITEMS,
          HISTORY_POSTS,
          STANZA_SIZE,
          XMPP_TIMEOUT,
          XMPP_REQUESTS,
          XMPP_QUEUE,
          HTTP_PER_HOST,
          HTTP_KEPT,
          HTTP_AT_ONCE,
          HTTP_DOCUMENT,
          HTTP_REDIRECTS,
          HTTP_CONNECT,
          HTTP_TIMEOUT,
          INBOX_SIZE,
          INBOX_MEMORY,
          INBOX_WAITING,
          INBOX_PER_HOST,
          INBOX_PER_ACTOR,
          WEB_CONNECTIONS,
          WEB_IDLE,
          WEB_REQUEST_TIME,
          PAGE_SIZE,
          ANSWER_AGE,
          DELIVERIES,
          DELIVERIES_PER_HOST,
          DELIVERY_GIVE_UP,
          MEDIA_SIZE,
          MEDIA_TOTAL,
          MEDIA_AGE,
          REMOTE_CONTENT_AGE,
          SENT_AGE,
          DEAD_DELIVERY_AGE,
          DATABASE_CONNECTIONS,
          SPARE_KEYS);

  private Settings() {}
}
