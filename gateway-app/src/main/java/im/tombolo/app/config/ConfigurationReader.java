package im.tombolo.app.config;

import im.tombolo.app.config.Configuration.Database;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.bridge.Forgetting;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.http.client.ClientSettings;
import im.tombolo.http.client.DeliveryWork;
import im.tombolo.http.media.MediaLimits;
import im.tombolo.http.server.ServerSettings;
import im.tombolo.http.signature.Dialects;
import im.tombolo.xmpp.LinkSettings;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration, and finds all mistakes of it at once. */
public final class ConfigurationReader {
  private final Path directory;
  private final GivenValues given;

  private ConfigurationReader(Path directory, GivenValues given) {
    this.directory = directory;
    this.given = given;
  }

  /** What came of reading. */
  public sealed interface Outcome {
    record Good(Configuration configuration) implements Outcome {}

    /**
     * @param mistakes each with its place, its key and what is expected
     */
    record Bad(List<String> mistakes) implements Outcome {}
  }

  /**
   * @param environment wins over the file
   */
  public static Outcome read(Path file, Map<String, String> environment) {
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    GivenValues given = GivenValues.read(file, environment);
    Optional<Configuration> configuration =
        new ConfigurationReader(directory, given).configuration();
    return given.mistakes().isEmpty() && configuration.isPresent()
        ? new Outcome.Good(configuration.get())
        : new Outcome.Bad(given.mistakes());
  }

  private <T> Optional<T> get(Setting<T> setting) {
    return given.get(setting);
  }

  private <T> T limit(Setting<T> setting) {
    return given.limit(setting);
  }

  private Optional<Secret> secret(Setting<Secret> direct, Setting<Path> inFile) {
    return given.secret(direct, inFile, directory);
  }

  private boolean isGiven(Setting<?> setting) {
    return given.isGiven(setting);
  }

  private void wrong(Setting<?> setting, String what) {
    given.wrong(setting, what);
  }

  private static Consent consent(String written) {
    return written.equals("opt-in") ? Consent.OPT_IN : Consent.OPEN_NODES;
  }

  private static Dialects.Preference signatures(String written) {
    return switch (written) {
      case "draft-cavage" -> Dialects.Preference.DRAFT_CAVAGE;
      case "rfc9421" -> Dialects.Preference.RFC_9421;
      default -> Dialects.Preference.AUTO;
    };
  }

  private Optional<Configuration> configuration() {
    Optional<Configuration.Xmpp> xmpp = xmpp();
    Optional<Configuration.Federation> federation = federation();
    Optional<Configuration.Web> web =
        web(federation.map(Configuration.Federation::allowHttp).orElse(false));
    Optional<Configuration.Admin> admin = admin();
    Optional<Database> database = database();
    Optional<BridgeSettings.Choices> choices = choices();
    Optional<Secret> keyEncryption =
        secret(Settings.KEY_ENCRYPTION_SECRET, Settings.KEY_ENCRYPTION_SECRET_FILE);
    Optional<Configuration.Media> media = media();
    Optional<Configuration.Limits> limits = limits();
    if (xmpp.isEmpty()
        || web.isEmpty()
        || admin.isEmpty()
        || database.isEmpty()
        || choices.isEmpty()
        || federation.isEmpty()
        || media.isEmpty()
        || limits.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Configuration(
            xmpp.get(),
            web.get(),
            admin.get(),
            database.get(),
            keyEncryption,
            choices.get(),
            federation.get(),
            media.get(),
            limits.get()));
  }

  private Optional<Configuration.Xmpp> xmpp() {
    Optional<String> component = get(Settings.COMPONENT);
    Optional<String> host = get(Settings.HOST);
    Optional<Integer> port = get(Settings.PORT);
    Optional<Secret> secret = secret(Settings.SECRET, Settings.SECRET_FILE);
    Optional<List<String>> domains = get(Settings.DOMAINS);
    if (!isGiven(Settings.SECRET) && !isGiven(Settings.SECRET_FILE)) {
      wrong(Settings.SECRET, "is missing");
    }
    if (component.isPresent() && domains.isPresent() && domains.get().contains(component.get())) {
      wrong(Settings.DOMAINS, "holds the gateway's own domain");
    }
    return component.isPresent()
            && host.isPresent()
            && port.isPresent()
            && secret.isPresent()
            && domains.isPresent()
        ? Optional.of(
            new Configuration.Xmpp(
                component.get(), host.get(), port.get(), secret.get(), domains.get()))
        : Optional.empty();
  }

  private Optional<Configuration.Web> web(boolean allowHttp) {
    var url = get(Settings.URL);
    if (url.filter(u -> "http".equals(u.getScheme())).isPresent() && !allowHttp) {
      wrong(Settings.URL, "is not https (federation.allow-http is for tests)");
    }
    var listen = get(Settings.LISTEN);
    var proxies = get(Settings.TRUSTED_PROXIES);
    return url.isPresent() && listen.isPresent() && proxies.isPresent()
        ? Optional.of(
            new Configuration.Web(
                url.get(), listen.get(), proxies.get(), get(Settings.SECURITY_CONTACT)))
        : Optional.empty();
  }

  private Optional<Configuration.Admin> admin() {
    Optional<InetSocketAddress> listen = get(Settings.ADMIN_LISTEN);
    Optional<List<Jid>> jids = get(Settings.ADMIN_JIDS);
    Optional<Secret> token = secret(Settings.ADMIN_TOKEN, Settings.ADMIN_TOKEN_FILE);
    boolean isGiven = isGiven(Settings.ADMIN_TOKEN) || isGiven(Settings.ADMIN_TOKEN_FILE);
    if (listen.filter(at -> !Loopback.isLoopback(at.getHostString())).isPresent() && !isGiven) {
      given.unsuitable(
          Settings.ADMIN_LISTEN,
          "others than this machine could come there",
          "an address of loopback such as 127.0.0.1:9090, or admin.token beside it");
    }
    return listen.isPresent() && jids.isPresent()
        ? Optional.of(new Configuration.Admin(listen.get(), token, jids.get()))
        : Optional.empty();
  }

  private Optional<Database> database() {
    Optional<String> url = get(Settings.DATABASE);
    Optional<String> user = get(Settings.DATABASE_USER).flatMap(name -> name);
    Secret password =
        secret(Settings.DATABASE_PASSWORD, Settings.DATABASE_PASSWORD_FILE).orElse(new Secret(""));
    Optional<Path> data = get(Settings.DATABASE_DIRECTORY).map(directory::resolve);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (url.get().equals("embedded")) {
      return get(Settings.DATABASE_PORT)
          .flatMap(port -> data.map(path -> new Database.Embedded(path, port)));
    }
    if (!url.get().startsWith("jdbc:postgresql:")) {
      wrong(Settings.DATABASE, "does not fit");
      return Optional.empty();
    }
    return Optional.of(new Database.External(url.get(), user.orElse(""), password));
  }

  private Optional<BridgeSettings.Choices> choices() {
    Optional<Consent> consent = get(Settings.CONSENT).map(ConfigurationReader::consent);
    Optional<Boolean> likes = get(Settings.LIKES_AS_COMMENTS);
    Optional<List<Handle>> groups = get(Settings.COMMUNITIES);
    Optional<Boolean> blocks = get(Settings.SEND_BLOCKS);
    return consent.isPresent() && likes.isPresent() && groups.isPresent() && blocks.isPresent()
        ? Optional.of(
            new BridgeSettings.Choices(consent.get(), likes.get(), groups.get(), blocks.get()))
        : Optional.empty();
  }

  private Optional<Configuration.Federation> federation() {
    Optional<Path> certificates = get(Settings.TRUSTED_CERTIFICATES).map(directory::resolve);
    if (certificates.filter(pem -> !Files.isReadable(pem)).isPresent()) {
      wrong(Settings.TRUSTED_CERTIFICATES, "cannot be read");
    }
    Optional<Boolean> authorized = get(Settings.AUTHORIZED_FETCH);
    Optional<Boolean> addresses = get(Settings.ALLOW_PRIVATE);
    Optional<Boolean> http = get(Settings.ALLOW_HTTP);
    Optional<Dialects.Preference> signatures =
        get(Settings.SIGNATURES).map(ConfigurationReader::signatures);
    Optional<Configuration.Servers> servers = servers();
    return authorized.isPresent()
            && addresses.isPresent()
            && http.isPresent()
            && signatures.isPresent()
            && servers.isPresent()
        ? Optional.of(
            new Configuration.Federation(
                authorized.get(),
                addresses.get(),
                http.get(),
                certificates,
                signatures.get(),
                servers.get()))
        : Optional.empty();
  }

  private Optional<Configuration.Servers> servers() {
    Optional<String> mode = get(Settings.MODE);
    Optional<List<String>> allowed = get(Settings.ALLOWED_DOMAINS);
    Optional<List<String>> blocked = get(Settings.BLOCKED_DOMAINS);
    if (mode.isEmpty() || allowed.isEmpty() || blocked.isEmpty()) {
      return Optional.empty();
    }
    boolean isListed = mode.get().equals("allow-list");
    if (isListed && allowed.get().isEmpty()) {
      given.wrong(
          Settings.ALLOWED_DOMAINS, given.place(Settings.MODE), "is empty, so nobody is talked to");
    }
    if (!isListed && !allowed.get().isEmpty()) {
      wrong(Settings.ALLOWED_DOMAINS, "counts with federation.mode: allow-list only");
    }
    return Optional.of(new Configuration.Servers(isListed, allowed.get(), blocked.get()));
  }

  private Optional<Configuration.Media> media() {
    return get(Settings.MEDIA_PROXY)
        .flatMap(proxy ->
            get(Settings.MEDIA_DIRECTORY)
                .map(path -> new Configuration.Media(proxy, directory.resolve(path))));
  }

  private Optional<Configuration.Limits> limits() {
    int before = given.mistakes().size();
    LinkSettings.Limits link = LinkSettings.Limits.DEFAULT;
    var limits =
        new Configuration.Limits(
            new BridgeSettings.Limits(
                limit(Settings.RECONCILE_SOONEST),
                limit(Settings.RECONCILE_LATEST),
                limit(Settings.RECONCILE_ITEMS),
                limit(Settings.HISTORY_POSTS)),
            new LinkSettings.Limits(
                limit(Settings.STANZA_SIZE),
                limit(Settings.XMPP_TIMEOUT),
                limit(Settings.XMPP_REQUESTS),
                limit(Settings.XMPP_QUEUE),
                link.connectTimeout(),
                link.pingInterval(),
                link.shortestWait(),
                link.longestWait()),
            new ClientSettings.Limits(
                limit(Settings.HTTP_PER_HOST),
                limit(Settings.HTTP_KEPT),
                limit(Settings.HTTP_AT_ONCE),
                limit(Settings.HTTP_DOCUMENT),
                limit(Settings.HTTP_REDIRECTS),
                limit(Settings.HTTP_CONNECT),
                limit(Settings.HTTP_TIMEOUT)),
            new ServerSettings.Limits(
                limit(Settings.INBOX_SIZE),
                limit(Settings.INBOX_MEMORY),
                limit(Settings.WEB_CONNECTIONS),
                limit(Settings.WEB_IDLE),
                limit(Settings.WEB_REQUEST_TIME),
                limit(Settings.PAGE_SIZE),
                limit(Settings.ANSWER_AGE)),
            new InboxDoor.Limits(
                limit(Settings.INBOX_WAITING),
                limit(Settings.INBOX_PER_HOST),
                limit(Settings.INBOX_PER_ACTOR)),
            new DeliveryWork.Limits(
                limit(Settings.DELIVERIES),
                limit(Settings.DELIVERIES_PER_HOST),
                limit(Settings.DELIVERY_GIVE_UP)),
            new MediaLimits(
                limit(Settings.MEDIA_SIZE), limit(Settings.MEDIA_TOTAL), limit(Settings.MEDIA_AGE)),
            new Forgetting.Ages(
                limit(Settings.REMOTE_CONTENT_AGE),
                limit(Settings.SENT_AGE),
                limit(Settings.DEAD_DELIVERY_AGE)),
            limit(Settings.DATABASE_CONNECTIONS),
            limit(Settings.SPARE_KEYS));
    return given.mistakes().size() == before ? Optional.of(limits) : Optional.empty();
  }
}
