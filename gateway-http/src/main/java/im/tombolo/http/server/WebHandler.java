package im.tombolo.http.server;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.MediaUrls;
import im.tombolo.http.signature.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Jetty and the routes. */
final class WebHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(WebHandler.class);
  private static final String WELL_KNOWN = "/.well-known/";
  private static final String CACHE = "public, max-age=10";

  private final Routes routes;
  private final Optional<MediaRoutes> media;
  private final String basePath;
  private final Punctuality punctuality;
  private final List<String> trustedProxies;

  WebHandler(
      GatewayUrls urls,
      Routes routes,
      Optional<MediaRoutes> media,
      Punctuality punctuality,
      ServerSettings settings) {
    this.routes = routes;
    this.media = media;
    this.punctuality = punctuality;
    String path = URI.create(urls.base()).getRawPath();
    this.basePath = path == null ? "" : path;
    this.trustedProxies = settings.trustedProxies();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    punctuality.arrived(request);
    Optional<Reply> reply;
    try {
      reply = reply(request, response, callback);
    } catch (IOException broken) {
      LOG.debug("a body could not be read", broken);
      reply = Optional.of(Reply.text(400, "The request cannot be read."));
    } catch (RuntimeException failed) {
      LOG.warn("{} could not be answered", request.getMethod(), failed);
      reply = Optional.of(Reply.tryLater());
    }
    reply.ifPresent(known -> write(request, response, known, callback));
    return true;
  }

  /** Empty when the answer is on its way. */
  private Optional<Reply> reply(Request request, Response response, Callback callback)
      throws IOException {
    String prefix = basePath + "/" + MediaUrls.SEGMENT + "/";
    String path = request.getHttpURI().getPath();
    return media.isPresent() && path != null && path.startsWith(prefix)
        ? media
            .get()
            .answer(
                request,
                response,
                callback,
                List.of(path.substring(prefix.length()).split("/", -1)))
        : Optional.of(reply(request));
  }

  private Reply reply(Request request) throws IOException {
    String path = request.getHttpURI().getPath();
    if (path == null) {
      return Reply.notFound();
    }
    if (path.startsWith(WELL_KNOWN)) {
      return routes.wellKnown(query(request, path.substring(WELL_KNOWN.length())));
    }
    return path.startsWith(basePath + "/")
        ? routes.answer(query(request, path.substring(basePath.length() + 1)))
        : Reply.notFound();
  }

  private Query query(Request request, String below) {
    Message message =
        new Message(
            request.getMethod(),
            request.getHttpURI().getPathQuery(),
            name -> name.equalsIgnoreCase("host") ? host(request) : header(request, name));
    return new Query(
        message,
        List.of(below.split("/", -1)),
        name -> parameter(request, name),
        () -> punctuality.body(request));
  }

  private static Optional<String> parameter(Request request, String name) {
    try {
      Fields fields = Request.extractQueryParameters(request);
      return Optional.ofNullable(fields.getValue(name));
    } catch (RuntimeException malformed) {
      // A query with broken escapes has no parameters.
      return Optional.empty();
    }
  }

  private static Optional<String> header(Request request, String name) {
    List<String> values = request.getHeaders().getValuesList(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** What the public asked for: proxies may put a name of their own into Host. */
  private Optional<String> host(Request request) {
    return header(request, "X-Forwarded-Host")
        .filter(forwarded -> trustedProxies.contains(Request.getRemoteAddr(request)))
        .or(() -> header(request, "Host"));
  }

  private static void write(Request request, Response response, Reply reply, Callback callback) {
    boolean isSame =
        reply.status() == 200
            && reply.tag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH));
    response.setStatus(isSame ? 304 : reply.status());
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    response.getHeaders().put(HttpHeader.VARY, "Accept");
    if (reply.status() == 200) {
      response.getHeaders().put(HttpHeader.ETAG, reply.tag());
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, CACHE);
    }
    reply.headers().forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
    if (isSame) {
      callback.succeeded();
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    boolean isHead = request.getMethod().equals("HEAD");
    response.write(true, isHead ? ByteBuffer.allocate(0) : ByteBuffer.wrap(reply.body()), callback);
  }
}
