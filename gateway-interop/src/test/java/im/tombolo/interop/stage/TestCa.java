package im.tombolo.interop.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of the test's own, made with the openssl command. Nothing else trusts it.
 */
public final class TestCa {
  private static final char[] PASSWORD = "test".toCharArray();
  private static final List<String> NEW_KEY =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

  private final Path directory;

  private TestCa(Path directory) {
    this.directory = directory;
  }

  static TestCa create(Path directory) {
    TestCa ca = new TestCa(directory);
    ca.openssl(
        "req -x509 %s -keyout ca.key -out ca.pem -days 30 -subj /CN=stage".formatted(newKey()));
    return ca;
  }

  /** PEM files of one server. */
  public record Certificate(Path chain, Path key, Path store) {}

  /** The authority's own certificate, PEM. */
  public Path certificate() {
    return directory.resolve("ca.pem");
  }

  /** A certificate for all of {@code names}. */
  public Certificate issue(String... names) {
    String file = names[0];
    String alternatives = Stream.of(names).map("DNS:"::concat).collect(Collectors.joining(","));
    Stage.write(directory.resolve(file + ".ext"), "subjectAltName=" + alternatives);
    openssl("req %s -keyout %s.key -out %s.csr -subj /CN=%s".formatted(newKey(), file, file, file));
    openssl(
        "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile %s.ext -out %s.pem"
            .formatted(file, file, file));
    openssl(
        "pkcs12 -export -in %s.pem -inkey %s.key -out %s.p12 -passout pass:test"
            .formatted(file, file, file));
    return new Certificate(
        directory.resolve(file + ".pem"),
        directory.resolve(file + ".key"),
        directory.resolve(file + ".p12"));
  }

  /** For clients that shall trust this authority only. */
  public SSLContext trusting() {
    try (InputStream pem = Files.newInputStream(certificate())) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "stage", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException problem) {
      throw new StageException("cannot trust the stage's authority", problem);
    }
  }

  /** For a server that shows {@code certificate}. */
  static SSLContext serving(Certificate certificate) {
    try (InputStream store = Files.newInputStream(certificate.store())) {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(store, PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (GeneralSecurityException problem) {
      throw new StageException("cannot read " + certificate.store(), problem);
    }
  }

  private static String newKey() {
    return String.join(" ", NEW_KEY);
  }

  private void openssl(String arguments) {
    List<String> command = Stream.of(("openssl " + arguments).split(" ", -1)).toList();
    Program program = new Program(new Program.Spec("openssl", command, Map.of(), directory, false));
    try {
      program.start(() -> true);
      if (program.process().waitFor() != 0) {
        throw new StageException("openssl " + arguments + ":\n" + program.logTail());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StageException("interrupted in openssl", interrupted);
    }
  }
}
