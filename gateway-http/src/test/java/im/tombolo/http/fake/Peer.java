package im.tombolo.http.fake;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Another server, on loopback, that answers as it is told and remembers what it was asked. */
public final class Peer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector;
  private final String scheme;
  private final Map<String, Answering> answers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** What happens to a request. */
  @FunctionalInterface
  public interface Answering {
    void answer(Request request, Response response, Callback callback);
  }

  /**
   * @param target raw path and query
   * @param headers by name in any case
   */
  public record Seen(String method, String target, Map<String, String> headers, String body) {
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  private Peer(Optional<SslContextFactory.Server> tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.UNSAFE);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    connector =
        tls.map(factory -> new ServerConnector(server, factory, plain))
            .orElseGet(() -> new ServerConnector(server, plain));
    scheme = tls.isPresent() ? "https" : "http";
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setStopTimeout(0);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            seen.add(see(request));
            answers
                .getOrDefault(request.getHttpURI().getPath(), answer(404, "text/plain", "none"))
                .answer(request, response, callback);
            return true;
          }
        });
  }

  public static Peer start() {
    return new Peer(Optional.empty()).started();
  }

  public static Peer start(SslContextFactory.Server tls) {
    return new Peer(Optional.of(tls)).started();
  }

  private Peer started() {
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
    return this;
  }

  private static Seen see(Request request) throws Exception {
    Map<String, String> headers =
        request.getHeaders().stream()
            .collect(
                Collectors.toMap(
                    field -> field.getName(),
                    field -> field.getValue(),
                    (one, other) -> one + ", " + other,
                    () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
    String body =
        request.getMethod().equals("POST")
            ? Content.Source.asString(request, StandardCharsets.UTF_8)
            : "";
    return new Seen(
        request.getMethod(),
        request.getHttpURI().getPathQuery(),
        Collections.unmodifiableMap(headers),
        body);
  }

  public Peer on(String path, Answering answering) {
    answers.put(path, answering);
    return this;
  }

  /** As if it had just been started. */
  public void forget() {
    answers.clear();
    seen.clear();
  }

  public static Answering answer(int status, String type, String body) {
    return answer(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  public static Answering answer(int status, String type, byte[] body) {
    return (request, response, callback) -> {
      response.setStatus(status);
      response.getHeaders().put("Content-Type", type);
      response.write(true, ByteBuffer.wrap(body), callback);
    };
  }

  /** Without a body. */
  public static Answering answer(int status, Map<String, String> headers) {
    return (request, response, callback) -> {
      response.setStatus(status);
      headers.forEach((name, value) -> response.getHeaders().put(name, value));
      callback.succeeded();
    };
  }

  public static Answering redirect(int status, String location) {
    return answer(status, Map.of("Location", location));
  }

  /** One answer after the other; the last is given again and again. */
  public static Answering oneByOne(Answering... answers) {
    AtomicInteger next = new AtomicInteger();
    return (request, response, callback) ->
        answers[Math.min(next.getAndIncrement(), answers.length - 1)].answer(
            request, response, callback);
  }

  public String authority() {
    return "127.0.0.1:" + connector.getLocalPort();
  }

  public URI uri(String path) {
    return URI.create(scheme + "://" + authority() + path);
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** A property of each request that came in. */
  public <T> List<T> seen(Function<Seen, T> property) {
    return seen().stream().map(property).toList();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
