package im.tombolo.app.quickstart;

import im.tombolo.app.Gateway;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.ConfigurationReader;
import im.tombolo.app.config.ConfigurationReader.Outcome;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tombolo quickstart}. */
@Command(
    name = "quickstart",
    description = "Starts PostgreSQL, Prosody and the gateway on loopback, and publishes a post.")
public final class QuickstartCommand implements Callable<Integer> {
  private static final int STEPS = 5;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "default: ${DEFAULT-VALUE}")
  private Path directory = Path.of("data", "quickstart");

  @Option(names = "--once", description = "stop as soon as the post was readable everywhere")
  private boolean once;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      description = "web N, admin N+1, XMPP clients N+2, component N+3, PostgreSQL N+4")
  private Optional<Integer> portBase = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Integer> odd = portBase.filter(base -> base < 1_024 || base > 65_000);
    if (odd.isPresent()) {
      err.println("--port-base has to be from 1024 to 65000");
      return ExitCode.USAGE;
    }
    Place place =
        portBase.map(base -> Place.from(directory, base)).orElseGet(() -> Place.usual(directory));
    Optional<String> taken = place.taken();
    if (taken.isPresent()) {
      err.println(taken.get());
      return ExitCode.SOFTWARE;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    try {
      start(place);
    } catch (RuntimeException failed) {
      err.println("quickstart failed: " + failed.getMessage());
      return ExitCode.SOFTWARE;
    }
    tell(place);
    if (!once) {
      new CountDownLatch(1).await();
    }
    return ExitCode.OK;
  }

  private void start(Place place) {
    step(1, "preparing " + place.directory());
    Configuration configuration = prepare(place);
    step(2, "starting Prosody for " + Place.DOMAIN);
    open.push(PrivateProsody.start(place, configuration.xmpp().secret().value()));
    step(3, "starting PostgreSQL and the gateway");
    Gateway gateway = new Gateway(configuration);
    gateway.start();
    open.push(gateway);
    step(4, "publishing romeo's first post");
    FirstPost.publish(place);
    step(5, "waiting until the fediverse can read it");
    String actor = actor(place);
    try (Reader reader = new Reader()) {
      reader.await(actor + "/outbox?page=first", "application/activity+json", FirstPost.TEXT);
      reader.await(actor, "text/html", FirstPost.TEXT);
      reader.await(actor, "application/atom+xml", FirstPost.TEXT);
    }
  }

  private static Configuration prepare(Place place) {
    Path file = place.directory().resolve("tombolo.yml");
    try {
      Files.createDirectories(place.directory());
      Files.writeString(file, place.configuration(secret(place)));
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "cannot write to " + place.directory() + ": " + failed.getMessage(), failed);
    }
    return switch (ConfigurationReader.read(file, Map.of())) {
      case Outcome.Good(Configuration configuration) -> configuration;
      case Outcome.Bad(List<String> mistakes) ->
          throw new IllegalStateException(String.join("; ", mistakes));
    };
  }

  /** Kept from the first run on. */
  private static String secret(Place place) throws IOException {
    Path file = place.directory().resolve("component-secret");
    if (!Files.exists(file)) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).strip();
  }

  private static String actor(Place place) {
    GatewayUrls urls = new GatewayUrls(java.net.URI.create(place.url()), List.of(Place.DOMAIN));
    return urls.actor(Jid.of("romeo@" + Place.DOMAIN)).toString();
  }

  private void step(int number, String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("[" + number + "/" + STEPS + "] " + what);
    out.flush();
  }

  private void tell(Place place) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        """

        Tombolo runs. romeo's blog, three ways:
          ActivityPub  curl -H 'Accept: application/activity+json' '%1$s/outbox?page=first'
          a web page   %1$s
          an Atom feed curl -H 'Accept: application/atom+xml' %1$s

        What to try next:
          As the fediverse finds romeo:
            curl '%2$s/.well-known/webfinger?resource=acct:romeo@%3$s'
          With an XMPP client: romeo@%3$s or juliet@%3$s, password %4$s,
            server 127.0.0.1, port %5$d, without encryption.
          With a fediverse server on this machine: let it follow romeo@%3$s (web address %2$s),
            and subscribe from XMPP to somebody\\40its.host@%6$s, node urn:xmpp:microblog:0.
          The configuration to copy: %7$s\
        """
            .formatted(
                actor(place),
                place.url(),
                Place.DOMAIN,
                Place.PASSWORD,
                place.clients(),
                Place.COMPONENT,
                place.directory().resolve("tombolo.yml")));
    if (!once) {
      out.println("Ctrl-C stops everything.");
    }
    out.flush();
  }

  private synchronized void stop() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failed) {
        spec.commandLine().getErr().println("did not stop cleanly: " + failed.getMessage());
      }
    }
  }
}
