package im.tombolo.http.client;

import static im.tombolo.http.fake.Peer.answer;
import static im.tombolo.http.fake.Peer.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.port.Answer;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.Peer;
import im.tombolo.http.fake.SignedRequest;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final String ACTIVITY = "application/activity+json";

  @TempDir private static Path directory;
  private static KeyPair pair;

  @BeforeAll
  static void makeKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    pair = generator.generateKeyPair();
  }

  private static X509Certificate certificate(GeneralName subject) throws Exception {
    X500Name name = new X500Name("CN=peer");
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minusSeconds(3_600)),
            Date.from(now.plusSeconds(3_600)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subject));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private static X509Certificate ofLoopback() throws Exception {
    return certificate(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  private static Peer peer(X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("peer", pair.getPrivate(), new char[0], new Certificate[] {certificate});
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(store);
    tls.setKeyStorePassword("");
    tls.setSniRequired(false);
    return Peer.start(tls);
  }

  private static Path pem(X509Certificate certificate) throws Exception {
    return Files.writeString(
        Files.createTempFile(directory, "authority", ".pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private static FediverseClient client(Optional<Path> trusted) {
    return new FediverseClient(
        new ClientSettings(
            true,
            false,
            trusted,
            "Tombolo",
            new ClientSettings.Limits(
                8, 100, 16, 4_096, 3, Duration.ofSeconds(5), Duration.ofSeconds(15))),
        SignedRequest.signer(URLS, new DrivenClock()),
        URLS.instanceJid(),
        new DrivenClock());
  }

  @Test
  void aServerWhoseAuthorityWeTrustIsAsked() throws Exception {
    X509Certificate certificate = ofLoopback();
    try (Peer peer = peer(certificate).on("/ada", answer(200, ACTIVITY, "{}"));
        FediverseClient client = client(Optional.of(pem(certificate)))) {
      assertThat(client.document(peer.uri("/ada"))).isInstanceOf(Answer.Got.class);
    }
  }

  @Test
  void aServerWhoseAuthorityNobodyKnowsIsNotAsked() throws Exception {
    try (Peer peer = peer(ofLoopback());
        FediverseClient client = client(Optional.empty())) {
      assertThat(client.document(peer.uri("/ada"))).isInstanceOf(Answer.Unavailable.class);
      assertThat(peer.seen()).isEmpty();
    }
  }

  @Test
  void aServerWithTheCertificateOfAnotherNameIsNotAsked() throws Exception {
    X509Certificate certificate =
        certificate(new GeneralName(GeneralName.dNSName, "other.example"));
    try (Peer peer = peer(certificate);
        FediverseClient client = client(Optional.of(pem(certificate)))) {
      assertThat(client.document(peer.uri("/ada"))).isInstanceOf(Answer.Unavailable.class);
      assertThat(peer.seen()).isEmpty();
    }
  }

  @Test
  void case32_aRedirectFromHttpsToHttpIsNotFollowed() throws Exception {
    X509Certificate certificate = ofLoopback();
    try (Peer plain = Peer.start().on("/ada", answer(200, ACTIVITY, "{}"));
        Peer peer = peer(certificate).on("/ada", redirect(302, plain.uri("/ada").toString()));
        FediverseClient client = client(Optional.of(pem(certificate)))) {
      assertThat(client.document(peer.uri("/ada"))).isInstanceOf(Answer.Missing.class);
      assertThat(plain.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "nothing\n"})
  void aFileWithoutCertificatesIsSaidSo(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("empty.pem"), text);
    assertThatThrownBy(() -> Trust.with(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no certificates in " + file);
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    Path file = directory.resolve("missing.pem");
    assertThatThrownBy(() -> Trust.with(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read " + file);
  }
}
