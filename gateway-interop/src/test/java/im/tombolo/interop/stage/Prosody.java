package im.tombolo.interop.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Debian's Prosody with a configuration of the stage's own. */
public final class Prosody implements XmppServer {
  private static final String CONFIGURATION =
      """
      run_as_root = true
      pidfile = "@DIR@/prosody.pid"
      data_path = "@DIR@/data"
      log = { info = "*console" }
      interfaces = { "127.0.0.1" }
      component_interfaces = { "127.0.0.1" }
      c2s_ports = { @C2S@ }
      component_ports = { @COMPONENT@ }
      modules_enabled = {
        "roster", "saslauth", "disco", "presence", "message", "iq", "offline",
        "pep", "vcard4", "vcard_legacy", "ping", "private"
      }
      modules_disabled = { "s2s", "tls", "http", "https" }
      c2s_require_encryption = false
      allow_unencrypted_plain_auth = true
      authentication = "internal_plain"
      storage = "internal"
      pep_max_items = 1000

      VirtualHost "@DOMAIN@"
        @LENDS@

      Component "@GATEWAY@"
        component_secret = "@SECRET@"
        modules_enabled = { @MODULES@ }

      Component "@PUBSUB@" "pubsub"
        admins = { @ADMINS@ } -- only they may make nodes
        pubsub_max_items = 1000
      """;

  // XEP-0356, of Debian's prosody-modules.
  private static final String LENDS =
      """
      modules_enabled = { "privilege" }
        privileged_entities = { ["@GATEWAY@"] = { iq = {
          ["http://jabber.org/protocol/pubsub"] = "both",
          ["http://jabber.org/protocol/pubsub#owner"] = "both"
        } } }
      """;

  private final int c2s = Ports.free();
  private final int component = Ports.free();
  private final Program program;

  public Prosody(Stage stage) {
    this(stage, false);
  }

  /** One that lets the gateway ask pubsub in the name of everybody. */
  public static Prosody lending(Stage stage) {
    return new Prosody(stage, true);
  }

  private Prosody(Stage stage, boolean lends) {
    Path directory = stage.directory("prosody");
    Path configuration =
        Stage.write(directory.resolve("prosody.cfg.lua"), configuration(directory, lends));
    for (String user : USERS) {
      // The file name is Prosody's own encoding of "xmpp.test".
      Stage.write(
          directory.resolve("data/xmpp%2etest/accounts/" + user + ".dat"),
          "return {\n\t[\"password\"] = \"" + user + "\";\n};\n");
    }
    List<String> command = List.of("prosody", "--config", configuration.toString(), "-F");
    program = new Program(new Program.Spec("prosody", command, Map.of(), directory, false));
  }

  private String configuration(Path directory, boolean lends) {
    return CONFIGURATION
        .replace("@LENDS@", lends ? LENDS : "")
        .replace("@MODULES@", lends ? "\"privilege\"" : "")
        .replace("@DIR@", directory.toString())
        .replace("@C2S@", Integer.toString(c2s))
        .replace("@COMPONENT@", Integer.toString(component))
        .replace("@DOMAIN@", domain())
        .replace("@GATEWAY@", componentDomain())
        .replace("@PUBSUB@", pubsubDomain())
        .replace("@SECRET@", secret())
        .replace("@ADMINS@", everybody());
  }

  private String everybody() {
    return USERS.stream()
        .map(user -> "\"%s@%s\"".formatted(user, domain()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void start() {
    program.start(() -> Ports.answers("127.0.0.1", c2s) && Ports.answers("127.0.0.1", component));
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
    return "Prosody";
  }
}
