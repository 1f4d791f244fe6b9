package im.tombolo.http.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How we go out.
 *
 * @param allowPrivateAddresses for tests and closed networks only
 * @param allowHttp likewise
 * @param trustedCertificates PEM file with authorities beside those of the JDK
 * @param userAgent who we say that we are, with our address
 * @param unwelcome what is never asked and never sent to; any thread asks it
 */
public record ClientSettings(
    boolean allowPrivateAddresses,
    boolean allowHttp,
    Optional<Path> trustedCertificates,
    String userAgent,
    Limits limits,
    Predicate<URI> unwelcome) {

  /** Where everybody is talked to. */
  public ClientSettings(
      boolean allowPrivateAddresses,
      boolean allowHttp,
      Optional<Path> trustedCertificates,
      String userAgent,
      Limits limits) {
    this(allowPrivateAddresses, allowHttp, trustedCertificates, userAgent, limits, target -> false);
  }

  /**
   * @param connectionsPerHost open at a time to one host
   * @param connectionsKept with more of them open in all, they are closed after their request
   * @param requestsAtOnce under way at a time in all
   * @param documentBytes longest body that is read
   * @param redirects followed for one question
   * @param connectTimeout for the connection
   * @param requestTimeout for the whole of one request
   */
  public record Limits(
      int connectionsPerHost,
      int connectionsKept,
      int requestsAtOnce,
      int documentBytes,
      int redirects,
      Duration connectTimeout,
      Duration requestTimeout) {
    public static final Limits DEFAULT =
        new Limits(8, 1_000, 256, 1 << 20, 3, Duration.ofSeconds(5), Duration.ofSeconds(20));
  }
}
