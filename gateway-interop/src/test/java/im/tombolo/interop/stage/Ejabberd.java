package im.tombolo.interop.stage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Debian's ejabberd, run as one plain Erlang process: no ejabberdctl, no epmd, no system user. */
public final class Ejabberd implements XmppServer {
  private static final String CONFIGURATION =
      """
      hosts: ["@DOMAIN@"]
      loglevel: info
      auth_method: internal
      auth_password_format: plain
      listen:
        - {port: @C2S@, ip: "127.0.0.1", module: ejabberd_c2s, access: all, shaper: none}
        - port: @COMPONENT@
          ip: "127.0.0.1"
          module: ejabberd_service
          access: all
          hosts: {"@GATEWAY@": {password: "@SECRET@"}}
      acl: {local: {user_regexp: ""}}
      access_rules: {create_node: [{allow: local}]}
      modules:
        mod_avatar: {}
        mod_caps: {}
        mod_disco: {}
        mod_offline: {}
        mod_ping: {}
        mod_private: {}
        mod_roster: {}
        mod_vcard: {search: false}
        mod_vcard_xupdate: {}
        mod_pubsub:
          hosts: ["@PUBSUB@"]
          access_createnode: create_node
          last_item_cache: false
          max_items_node: 1000
          plugins: [flat, pep]
          force_node_config:
            "urn:xmpp:microblog:0": @BLOG@
      """;

  /** What the administrator made of the blog nodes. */
  public enum BlogNodes {
    /** Only room for more than one post: events reach only those whose presence the server sees. */
    AS_SHIPPED("{max_items: 1000}"),
    /** As our documentation recommends: events for every subscriber. */
    RECOMMENDED(
        "{max_items: 1000, presence_based_delivery: false, notify_retract: true, itemreply:"
            + " publisher}");

    private final String forced;

    BlogNodes(String forced) {
      this.forced = forced;
    }
  }

  private final int c2s = Ports.free();
  private final int component = Ports.free();
  private final Path ready;
  private final Program program;

  public Ejabberd(Stage stage) {
    this(stage, BlogNodes.AS_SHIPPED);
  }

  public Ejabberd(Stage stage, BlogNodes blogNodes) {
    Path directory = stage.directory("ejabberd");
    ready = directory.resolve("ready");
    Path configuration = Stage.write(directory.resolve("ejabberd.yml"), configuration(blogNodes));
    Map<String, String> environment =
        Map.of(
            "HOME", directory.toString(),
            "ERL_LIBS", libraries().toString(),
            "EJABBERD_CONFIG_PATH", configuration.toString(),
            "EJABBERD_LOG_PATH", directory.resolve("ejabberd-own.log").toString());
    program =
        new Program(
            new Program.Spec("ejabberd", command(directory), environment, directory, false));
  }

  private List<String> command(Path directory) {
    String users = USERS.stream().map(u -> "<<\"" + u + "\">>").collect(Collectors.joining(","));
    String register =
        "[ejabberd_auth:try_register(U, <<\"%s\">>, U) || U <- [%s]], file:write_file(\"%s\", <<>>)."
            .formatted(domain(), users, ready);
    return List.of(
        "erl",
        "-noinput",
        "-start_epmd",
        "false",
        "-mnesia",
        "dir",
        "\"" + directory.resolve("mnesia") + "\"",
        "-s",
        "ejabberd",
        "-eval",
        register);
  }

  private String configuration(BlogNodes blogNodes) {
    return CONFIGURATION
        .replace("@C2S@", Integer.toString(c2s))
        .replace("@COMPONENT@", Integer.toString(component))
        .replace("@DOMAIN@", domain())
        .replace("@GATEWAY@", componentDomain())
        .replace("@PUBSUB@", pubsubDomain())
        .replace("@SECRET@", secret())
        .replace("@BLOG@", blogNodes.forced);
  }

  /** Debian keeps ejabberd's Erlang code in /usr/lib/ARCHITECTURE/ejabberd-VERSION. */
  private static Path libraries() {
    try (DirectoryStream<Path> architectures =
        Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
      for (Path architecture : architectures) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(architecture, "ejabberd-*")) {
          if (found.iterator().hasNext()) {
            return architecture;
          }
        }
      }
    } catch (IOException problem) {
      throw new StageException("cannot look for ejabberd", problem);
    }
    throw new StageException("ejabberd is not installed; ./test installs it");
  }

  @Override
  public void start() {
    try {
      Files.deleteIfExists(ready);
    } catch (IOException problem) {
      throw new StageException("cannot delete " + ready, problem);
    }
    program.start(() ->
        Files.exists(ready)
            && Ports.answers("127.0.0.1", c2s)
            && Ports.answers("127.0.0.1", component));
  }

  @Override
  public void stop() {
    program.stop();
  }

  @Override
  public void kill9() {
    program.kill9();
  }

  @Override
  public int c2sPort() {
    return c2s;
  }

  @Override
  public int componentPort() {
    return component;
  }

  @Override
  public void close() {
    program.close();
  }

  @Override
  public String toString() {
    return "ejabberd";
  }
}
