package im.tombolo.http.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * @param listen where to listen
 * @param trustedProxies addresses whose {@code X-Forwarded-Host} counts
 * @param securityContact of {@code security.txt}; there is none without it
 * @param authorizedFetch whether ActivityPub documents are for signed requests only
 */
public record ServerSettings(
    InetSocketAddress listen,
    List<String> trustedProxies,
    boolean authorizedFetch,
    Limits limits,
    Optional<URI> securityContact) {
  public ServerSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Without a contact for reports about security. */
  public ServerSettings(
      InetSocketAddress listen,
      List<String> trustedProxies,
      boolean authorizedFetch,
      Limits limits) {
    this(listen, trustedProxies, authorizedFetch, limits, Optional.empty());
  }

  /**
   * @param inboxBytes longest activity that is taken
   * @param inboxMemory bytes of all activities that are being taken at a time
   * @param connections open at a time
   * @param idle until a silent connection is closed
   * @param requestTime how long the head of a request may take, and its body
   * @param pageSize items of a page of a collection, feed or blog
   * @param answerAge how old an answer may be that is the same for everybody; zero keeps none
   */
  public record Limits(
      int inboxBytes,
      int inboxMemory,
      int connections,
      Duration idle,
      Duration requestTime,
      int pageSize,
      Duration answerAge) {
    public static final Limits DEFAULT =
        new Limits(
            1 << 20,
            8 << 20,
            1_000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            20,
            Duration.ofSeconds(1));
  }
}
