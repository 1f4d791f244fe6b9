package im.tombolo.interop.stage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;

/**
 * The reverse proxy in front of the gateway: TLS outside, plain HTTP/1.1 inside, one request a
 * connection. Host stays as it came, X-Forwarded-For and -Proto are set, and without a gateway the
 * answer is 502. Remembers what was answered.
 */
public final class TlsFront implements AutoCloseable {
  private static final int HEAD_LIMIT = 64 * 1024;

  private final SSLServerSocket listener;
  private final List<Integer> backends = new CopyOnWriteArrayList<>();
  private final List<Answer> answers = new CopyOnWriteArrayList<>();

  /** One exchange: the request's first line and the response's status. */
  public record Answer(String request, int status) {}

  public TlsFront(Site site, TestCa.Certificate certificate, int backend) {
    backends.add(backend);
    try {
      listener =
          (SSLServerSocket)
              TestCa.serving(certificate)
                  .getServerSocketFactory()
                  .createServerSocket(site.port(), 200, InetAddress.getByName(site.address()));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    Thread.ofPlatform().daemon().name("tls front").start(this::listen);
  }

  /** Another process behind it, which is tried before the others from now on. */
  void prefer(int backend) {
    backends.addFirst(backend);
  }

  void leave(int backend) {
    backends.remove(Integer.valueOf(backend));
  }

  private Socket connect() throws IOException {
    java.net.ConnectException down = new java.net.ConnectException("no gateway");
    for (int backend : backends) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), backend);
      } catch (java.net.ConnectException refused) {
        down = refused;
      }
    }
    throw down;
  }

  /** Everything answered so far, oldest first. */
  public List<Answer> answers() {
    return List.copyOf(answers);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (!head.isEmpty()) {
        relay(client, head);
      }
    } catch (IOException broken) {
      // Either side went away, as networks do; the other sees its connection end.
    }
  }

  private void relay(Socket client, String head) throws IOException {
    String request = head.substring(0, head.indexOf("\r\n"));
    try (Socket inside = connect()) {
      OutputStream out = inside.getOutputStream();
      out.write(forwarded(client, head).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      Thread.ofPlatform().daemon().start(() -> copy(client, inside));
      InputStream response = inside.getInputStream();
      String answer = head(response);
      if (!answer.isEmpty()) {
        answers.add(new Answer(request, Integer.parseInt(answer.split(" ", 3)[1])));
        client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        response.transferTo(client.getOutputStream());
      }
    } catch (java.net.ConnectException down) {
      answers.add(new Answer(request, 502));
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException done) {
      // The response is complete, or one of the two has gone.
    }
  }

  private static String forwarded(Socket client, String head) {
    String kept =
        Stream.of(head.split("\r\n", -1))
            .filter(line -> !line.isEmpty())
            .filter(line -> !line.regionMatches(true, 0, "Connection:", 0, 11))
            .collect(Collectors.joining("\r\n"));
    return kept
        + "\r\nConnection: close\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: "
        + client.getInetAddress().getHostAddress()
        + "\r\n\r\n";
  }

  /** The bytes up to and including the empty line; empty when the stream ends before it. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0 && head.size() < HEAD_LIMIT; b = in.read()) {
      head.write(b);
      last = last << 8 | b;
      if (last == 0x0d0a0d0a) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
