package im.tombolo.app.config;

import im.tombolo.app.config.Configuration.Database;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the configuration, and finds all mistakes of it at once. */
public final class ConfigurationReader {
  private final Path directory;
  private final Path file;
  private final Map<String, Written> values = new LinkedHashMap<>();
  private final Set<String> fromEnvironment = new HashSet<>();
  private final List<String> mistakes = new ArrayList<>();

  private ConfigurationReader(Path file) {
    this.file = file;
    this.directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
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
    return new ConfigurationReader(file).read(environment);
  }

  private Outcome read(Map<String, String> environment) {
    YamlFile yaml = YamlFile.read(file);
    mistakes.addAll(yaml.mistakes());
    yaml.values().forEach(this::keep);
    yaml.empty().forEach(this::checkEmpty);
    for (Setting<?> setting : Settings.ALL) {
      String variable = setting.variable();
      String set = environment.get(variable);
      if (set != null) {
        boolean isList = setting.expected().startsWith("a list");
        values.put(
            setting.key(),
            new Written(isList ? Types.words(set) : List.of(set), true, "environment " + variable));
        fromEnvironment.add(setting.key());
      }
    }
    Optional<Configuration> configuration = configuration();
    return mistakes.isEmpty() && configuration.isPresent()
        ? new Outcome.Good(configuration.get())
        : new Outcome.Bad(List.copyOf(mistakes));
  }

  private void keep(String key, Written written) {
    if (Settings.ALL.stream().anyMatch(setting -> setting.key().equals(key))) {
      values.put(key, written);
    } else {
      unknown(key, written.place());
    }
  }

  /** A key without a value counts as not given, a section without keys too. */
  private void checkEmpty(String key, String place) {
    if (Settings.ALL.stream().noneMatch(setting -> (setting.key() + ".").startsWith(key + "."))) {
      unknown(key, place);
    }
  }

  private void unknown(String key, String place) {
    String nearest =
        Settings.ALL.stream()
            .map(Setting::key)
            .min(Comparator.comparingInt(known -> Spelling.distance(key, known)))
            .orElseThrow();
    mistakes.add(place + ": " + key + ": unknown key; did you mean " + nearest + "?");
  }

  private <T> Optional<T> get(Setting<T> setting) {
    Written written = values.get(setting.key());
    if (written == null) {
      if (setting.required()) {
        wrong(setting, file.toString(), "is missing");
      }
      return setting.fallback().map(text -> setting.parse().apply(Types.words(text)));
    }
    if (!written.plain()) {
      wrong(setting, written.place(), "does not fit");
      return Optional.empty();
    }
    try {
      T value = setting.parse().apply(written.values());
      if (setting.required() && value.equals(List.of())) {
        wrong(setting, written.place(), "is empty");
      }
      return Optional.of(value);
    } catch (IllegalArgumentException notOne) {
      wrong(setting, written.place(), "does not fit");
      return Optional.empty();
    }
  }

  private void wrong(Setting<?> setting, String place, String what) {
    mistakes.add(place + ": " + setting.key() + ": " + what + "; expected " + setting.expected());
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
    Optional<BridgeSettings.Choices> choices =
        get(Settings.CONSENT)
            .map(ConfigurationReader::consent)
            .flatMap(consent ->
                get(Settings.LIKES_AS_COMMENTS)
                    .flatMap(likes ->
                        get(Settings.COMMUNITIES)
                            .map(groups -> new BridgeSettings.Choices(consent, likes, groups))));
    get(Settings.MODE);
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
      wrong(Settings.SECRET, file.toString(), "is missing");
    }
    if (component.isPresent() && domains.isPresent() && domains.get().contains(component.get())) {
      wrong(Settings.DOMAINS, place(Settings.DOMAINS), "holds the gateway's own domain");
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
      wrong(Settings.URL, place(Settings.URL), "is not https (federation.allow-http is for tests)");
    }
    var listen = get(Settings.LISTEN);
    var proxies = get(Settings.TRUSTED_PROXIES);
    return url.isPresent() && listen.isPresent() && proxies.isPresent()
        ? Optional.of(new Configuration.Web(url.get(), listen.get(), proxies.get()))
        : Optional.empty();
  }

  private Optional<Configuration.Admin> admin() {
    Optional<InetSocketAddress> listen = get(Settings.ADMIN_LISTEN);
    Optional<List<Jid>> jids = get(Settings.ADMIN_JIDS);
    Optional<Secret> token = secret(Settings.ADMIN_TOKEN, Settings.ADMIN_TOKEN_FILE);
    boolean isGiven = isGiven(Settings.ADMIN_TOKEN) || isGiven(Settings.ADMIN_TOKEN_FILE);
    if (listen.filter(at -> !Loopback.isLoopback(at.getHostString())).isPresent() && !isGiven) {
      mistakes.add(
          place(Settings.ADMIN_LISTEN)
              + ": "
              + Settings.ADMIN_LISTEN.key()
              + ": others than this machine could come there; expected an address of loopback such"
              + " as 127.0.0.1:9090, or admin.token beside it");
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
      wrong(Settings.DATABASE, place(Settings.DATABASE), "does not fit");
      return Optional.empty();
    }
    return Optional.of(new Database.External(url.get(), user.orElse(""), password));
  }

  private Optional<Configuration.Federation> federation() {
    Optional<Path> certificates = get(Settings.TRUSTED_CERTIFICATES).map(directory::resolve);
    if (certificates.filter(pem -> !Files.isReadable(pem)).isPresent()) {
      wrong(Settings.TRUSTED_CERTIFICATES, place(Settings.TRUSTED_CERTIFICATES), "cannot be read");
    }
    Optional<Boolean> authorized = get(Settings.AUTHORIZED_FETCH);
    Optional<Boolean> addresses = get(Settings.ALLOW_PRIVATE);
    Optional<Boolean> http = get(Settings.ALLOW_HTTP);
    Optional<Dialects.Preference> signatures =
        get(Settings.SIGNATURES).map(ConfigurationReader::signatures);
    return authorized.isPresent()
            && addresses.isPresent()
            && http.isPresent()
            && signatures.isPresent()
        ? Optional.of(
            new Configuration.Federation(
                authorized.get(), addresses.get(), http.get(), certificates, signatures.get()))
        : Optional.empty();
  }

  private Optional<Configuration.Media> media() {
    return get(Settings.MEDIA_PROXY)
        .flatMap(proxy ->
            get(Settings.MEDIA_DIRECTORY)
                .map(path -> new Configuration.Media(proxy, directory.resolve(path))));
  }

  private Optional<Configuration.Limits> limits() {
    int before = mistakes.size();
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
    return mistakes.size() == before ? Optional.of(limits) : Optional.empty();
  }

  /** All limits have defaults; a wrong one is on the list of mistakes by then. */
  private <T> T limit(Setting<T> setting) {
    return get(setting)
        .orElseGet(() -> setting.parse().apply(Types.words(setting.fallback().orElseThrow())));
  }

  /** Of the two the environment's counts, and else the one that is written out. */
  private Optional<Secret> secret(Setting<Secret> direct, Setting<Path> inFile) {
    boolean isEnvironments = isFromEnvironment(inFile) && !isFromEnvironment(direct);
    return isGiven(direct) && !isEnvironments
        ? get(direct)
        : get(inFile).map(directory::resolve).flatMap(path -> secret(inFile, path));
  }

  private Optional<Secret> secret(Setting<Path> setting, Path path) {
    try {
      String secret = Files.readString(path).strip();
      if (secret.isEmpty()) {
        wrong(setting, place(setting), "names an empty file");
      } else if (setting.equals(Settings.ADMIN_TOKEN_FILE)) {
        return Optional.of(Types.token(secret));
      } else {
        return Optional.of(new Secret(secret));
      }
    } catch (IllegalArgumentException shortOne) {
      wrong(setting, place(setting), "holds no " + Settings.ADMIN_TOKEN.expected());
    } catch (IOException unreadable) {
      wrong(setting, place(setting), "cannot be read");
    }
    return Optional.empty();
  }

  private boolean isGiven(Setting<?> setting) {
    return values.containsKey(setting.key());
  }

  private boolean isFromEnvironment(Setting<?> setting) {
    return fromEnvironment.contains(setting.key());
  }

  private String place(Setting<?> setting) {
    Written written = values.get(setting.key());
    return written == null ? file.toString() : written.place();
  }
}
