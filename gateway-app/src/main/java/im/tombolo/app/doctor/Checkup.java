package im.tombolo.app.doctor;

import im.tombolo.app.admin.AdminAddress;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.doctor.Visits.Seen;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.xml.Namespaces;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** All looks at one gateway, in the order in which one would mend things. */
final class Checkup {
  /** A certificate that ends sooner is worth a warning. */
  static final Duration ENDS_SOON = Duration.ofDays(14);

  /** Peers refuse signatures of clocks that are further away. */
  static final Duration CLOCK = Duration.ofMinutes(5);

  private static final String ACTIVITY = "application/activity+json";
  private static final String LENT = "lent ";

  private final Configuration configuration;
  private final Visits visits;
  private final InstantSource clock;
  private final GatewayUrls urls;

  Checkup(Configuration configuration, Visits visits, InstantSource clock) {
    this.configuration = configuration;
    this.visits = visits;
    this.clock = clock;
    this.urls = new GatewayUrls(configuration.web().url(), configuration.xmpp().domains());
  }

  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    gateway(findings);
    web(findings);
    return findings;
  }

  /** Database and link, as the gateway itself sees them; then what the server lends it. */
  private void gateway(List<Finding> findings) {
    switch (visits.visit(admin("/readyz"), "*/*")) {
      case Seen.Nobody(String why, String mend) ->
          findings.add(
              Finding.fail(
                  "gateway",
                  "It is not running: at " + admin("/") + " " + why + ".",
                  "Start it with tombolo run, or correct admin.listen."));
      case Seen.Page(HttpResponse<String> page) -> {
        findings.add(
            page.statusCode() == 200
                ? Finding.ok("gateway", "It runs; database and XMPP link are up.")
                : Finding.fail(
                    "gateway",
                    "It runs, and is not ready: " + page.body().strip() + ".",
                    "Its log says more. docs/admin.md has what each line means."));
        privileges(findings);
      }
    }
  }

  private void privileges(List<Finding> findings) {
    if (!(visits.visit(admin("/lent"), "*/*", new AdminAddress(configuration.admin()).headers())
        instanceof Seen.Page(HttpResponse<String> page))) {
      return;
    }
    List<String> lent = page.body().lines().toList();
    for (String domain : configuration.xmpp().domains()) {
      List<String> missing =
          Stream.of(Namespaces.PUBSUB, Namespaces.PUBSUB_OWNER)
              .filter(namespace -> !lent.contains(LENT + domain + " " + namespace))
              .toList();
      findings.add(
          missing.isEmpty()
              ? Finding.ok("privileges", domain + " lets the gateway ask for its people.")
              : Finding.warn(
                  "privileges",
                  domain
                      + " does not let the gateway ask for its people in "
                      + String.join(", ", missing)
                      + ": closed blogs are not carried, comments of others are overwritten rather"
                      + " than retracted, nodes are not mended.",
                  "If you want that, allow it (XEP-0356). See docs/admin.md, What your server may"
                      + " lend."));
    }
  }

  private URI admin(String path) {
    return new AdminAddress(configuration.admin()).page(path);
  }

  /** What the fediverse sees: address, certificate, clock, and the paths that are handed over. */
  private void web(List<Finding> findings) {
    URI nodeinfo = configuration.web().url().resolve("/.well-known/nodeinfo");
    switch (visits.visit(nodeinfo, "application/json")) {
      case Seen.Nobody(String why, String mend) ->
          findings.add(Finding.fail("public address", nodeinfo + ": " + why + ".", mend));
      case Seen.Page(HttpResponse<String> page) -> {
        findings.add(wellKnown(nodeinfo, page));
        page.sslSession().map(this::certificate).ifPresent(findings::add);
        page.headers().firstValue("Date").flatMap(this::clock).ifPresent(findings::add);
        findings.add(actor());
      }
    }
  }

  private Finding wellKnown(URI nodeinfo, HttpResponse<String> page) {
    return page.statusCode() == 200 && page.body().contains(urls.base().toString())
        ? Finding.ok("public address", nodeinfo + " is answered by the gateway.")
        : Finding.fail(
            "public address",
            nodeinfo + " is not answered by the gateway (" + page.statusCode() + ").",
            "Let the web server hand /.well-known/webfinger and /.well-known/nodeinfo to "
                + listen()
                + ".");
  }

  private Finding actor() {
    URI actor = urls.instanceActor();
    return switch (visits.visit(actor, ACTIVITY)) {
      case Seen.Nobody(String why, String mend) ->
          Finding.fail("paths", actor + ": " + why + ".", mend);
      case Seen.Page(HttpResponse<String> page) ->
          page.statusCode() == 200 && page.body().contains("\"" + actor + "\"")
              ? Finding.ok("paths", actor + " is answered by the gateway, under its own address.")
              : Finding.fail(
                  "paths",
                  actor + " is not answered by the gateway (" + page.statusCode() + ").",
                  "Let the web server hand the paths below "
                      + configuration.web().url()
                      + " to "
                      + listen()
                      + ", with the Host header as it came.");
    };
  }

  private String listen() {
    InetSocketAddress listen = configuration.web().listen();
    return listen.getHostString() + ":" + listen.getPort();
  }

  private Finding certificate(SSLSession session) {
    Instant end;
    try {
      Certificate[] chain = session.getPeerCertificates();
      end =
          chain.length > 0 && chain[0] instanceof X509Certificate first
              ? first.getNotAfter().toInstant()
              : Instant.MAX;
    } catch (SSLPeerUnverifiedException none) {
      end = Instant.MIN;
    }
    return end.isAfter(clock.instant().plus(ENDS_SOON))
        ? Finding.ok("certificate", "It is good until " + end + ".")
        : Finding.warn("certificate", "It ends at " + end + ".", "Renew it.");
  }

  /** Compared with the web server's, which may be another machine. */
  private Optional<Finding> clock(String date) {
    try {
      Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration apart = Duration.between(there, clock.instant()).abs();
      return Optional.of(
          apart.compareTo(CLOCK) <= 0
              ? Finding.ok("clock", "This machine and the web server agree on the time.")
              : Finding.fail(
                  "clock",
                  "This machine and the web server are " + apart.toSeconds() + " s apart.",
                  "Let both keep time by NTP: signatures of a wrong time are refused."));
    } catch (DateTimeParseException odd) {
      return Optional.empty();
    }
  }
}
