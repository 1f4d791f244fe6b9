package im.tombolo.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The JDK's certificate authorities together with some more. */
public final class Trust {
  private Trust() {}

  /**
   * @throws UncheckedIOException when the file cannot be read
   * @throws IllegalArgumentException when it holds no certificates
   */
  public static KeyStore with(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      var more = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (more.isEmpty()) {
        throw new CertificateException("the file is empty");
      }
      List<Certificate> authorities = new ArrayList<>(ofJdk());
      authorities.addAll(more);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      return store;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + pem, unreadable);
    } catch (GeneralSecurityException noCertificates) {
      throw new IllegalArgumentException("no certificates in " + pem, noCertificates);
    }
  }

  /** Reads those of the JDK, which keeps them for a while. */
  static void warmUp() {
    try {
      ofJdk();
    } catch (GeneralSecurityException none) {
      throw new IllegalStateException("this Java has no certificate authorities", none);
    }
  }

  private static List<X509Certificate> ofJdk() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    List<X509Certificate> known = new ArrayList<>();
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        known.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return known;
  }
}
