package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.Fediverse;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.http.signature.Rsa;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What can be had at most beside such a stub: a program that does nothing but sign and post, on
 * sockets, with no database, no queue, no look at an answer, and a connection for each request.
 */
final class BareDeliveries {
  private static final int THREADS = 16;
  private static final int WARM_UP = 3;
  private static final byte[] TAKEN = "HTTP/1.1 202".getBytes(StandardCharsets.ISO_8859_1);

  private final int hosts;
  private final Rsa rsa = new Rsa();
  private final String key = KeyPairSource.rsa().generate().privatePem();

  BareDeliveries(int hosts) {
    this.hosts = hosts;
  }

  /** One for each host, a second. */
  double perSecond() {
    try (Fediverse fediverse = new Fediverse(hosts, 0, 0)) {
      for (int i = 0; i < WARM_UP; i++) {
        spread(fediverse, i);
      }
      long begun = System.nanoTime();
      spread(fediverse, WARM_UP);
      return hosts * 1e9 / (System.nanoTime() - begun);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void spread(Fediverse fediverse, int number) {
    byte[] body =
        Posts.create("https://bench.example/u/1", number).getBytes(StandardCharsets.UTF_8);
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        threads.execute(() -> {
          for (int host = next.getAndIncrement(); host < hosts; host = next.getAndIncrement()) {
            post(URI.create(fediverse.hosts().origin(host)), body);
          }
        });
      }
    }
  }

  private void post(URI to, byte[] body) {
    String signed =
        "(request-target): post /inbox\nhost: %s\ndate: Mon, 30 Nov 2026 16:00:00 GMT\ndigest: SHA-256=%s"
            .formatted(to.getAuthority(), "0".repeat(44));
    String head =
        """
        POST /inbox HTTP/1.1\r
        Host: %s\r
        Date: Mon, 30 Nov 2026 16:00:00 GMT\r
        Digest: SHA-256=%s\r
        Signature: keyId="https://bench.example/u/1#key",headers="(request-target) host date digest",signature="%s"\r
        Content-Type: application/activity+json\r
        Content-Length: %d\r
        \r
        """
            .formatted(
                to.getAuthority(),
                "0".repeat(44),
                rsa.sign(key, signed.getBytes(StandardCharsets.UTF_8)),
                body.length);
    byte[] bytes = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 0, head.length());
    System.arraycopy(body, 0, bytes, head.length(), body.length);
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(to.getHost(), to.getPort()));
      socket.getOutputStream().write(bytes);
      InputStream in = socket.getInputStream();
      if (!Arrays.equals(TAKEN, in.readNBytes(TAKEN.length))) {
        throw new IllegalStateException("not taken");
      }
    } catch (IOException failed) {
      throw new IllegalStateException("no delivery to " + to, failed);
    }
  }
}
