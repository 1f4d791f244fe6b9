package im.tombolo.app.doctor;

import im.tombolo.http.client.Trust;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Asks the gateway's own addresses, as their visitors do. Blocking. */
final class Visits implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http;

  /**
   * @param certificates authorities that count beside those of the JDK
   */
  Visits(Optional<Path> certificates) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    certificates.map(Trust::with).map(Visits::context).ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  private static SSLContext context(KeyStore authorities) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** What came of a visit. */
  sealed interface Seen {
    record Page(HttpResponse<String> response) implements Seen {}

    /**
     * @param why a clause
     * @param mend a sentence
     */
    record Nobody(String why, String mend) implements Seen {}
  }

  Seen visit(URI address, String accept) {
    return visit(address, accept, Map.of());
  }

  Seen visit(URI address, String accept, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", accept).timeout(PATIENCE);
    headers.forEach(request::header);
    try {
      return new Seen.Page(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (ConnectException refused) {
      return refused.getCause() instanceof UnresolvedAddressException
          ? new Seen.Nobody("its name has no address", "Give it a DNS record.")
          : new Seen.Nobody(
              "nobody listens there", "Start what listens there, and look at firewalls.");
    } catch (SSLException bad) {
      return new Seen.Nobody(
          "its certificate is not good: " + bad.getMessage(),
          "Give the web server a certificate that others trust.");
    } catch (HttpTimeoutException silent) {
      return new Seen.Nobody(
          "it does not answer in ten seconds", "Look at firewalls, and at its log.");
    } catch (IOException broken) {
      return new Seen.Nobody("it does not speak HTTP", "Look which program listens there.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
