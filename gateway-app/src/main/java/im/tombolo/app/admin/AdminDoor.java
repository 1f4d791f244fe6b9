package im.tombolo.app.admin;

import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of all pages for administrators.
 *
 * <ul>
 *   <li>With a token, everything but health wants it: as bearer, or of a browser a session that
 *       {@code /login} opened.
 *   <li>Without one, which is for loopback only, {@code Host} has to name loopback: else a page
 *       anywhere could give its own name our address, and read along.
 *   <li>A change that a browser brings from a page of another origin is refused.
 * </ul>
 */
final class AdminDoor extends Handler.Abstract {
  static final String COOKIE = "tombolo-admin";
  static final String LOGIN = "/login";

  private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);
  private static final List<String> OPEN = List.of("/livez", "/readyz", "/style.css");
  private static final String BEARER = "Bearer ";
  private static final String FIELD = "token=";
  private static final int MAX_FORM = 4_096;

  private final Optional<AdminSessions> sessions;

  AdminDoor(Configuration.Admin admin, InstantSource clock) {
    this.sessions = admin.token().map(token -> new AdminSessions(token, clock));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = String.valueOf(request.getHttpURI().getPath());
    boolean isRead = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (isRead && OPEN.contains(path)) {
      return false;
    }
    if (!isRead && isFromElsewhere(request)) {
      Page.text(403, "A change has to come from a page of this address.\n")
          .send(response, callback);
      return true;
    }
    if (sessions.isEmpty()) {
      return refusedWithoutToken(request, response, callback);
    }
    if (path.equals(LOGIN)) {
      login(request, response, sessions.get()).send(response, callback);
      return true;
    }
    Optional<Page> refused = refused(request, response, sessions.get());
    refused.ifPresent(page -> page.send(response, callback));
    return refused.isPresent();
  }

  private static boolean refusedWithoutToken(
      Request request, Response response, Callback callback) {
    if (Loopback.isLoopback(Request.getServerName(request))) {
      return false;
    }
    Page.text(
            403,
            "This address answers to names of loopback only. Set admin.token to reach it by"
                + " another name.\n")
        .send(response, callback);
    return true;
  }

  /** Empty for whoever may come in. */
  private static Optional<Page> refused(
      Request request, Response response, AdminSessions sessions) {
    String bearer =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)).orElse("");
    if (bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return switch (sessions.show(bearer.substring(BEARER.length()).strip())) {
        case RIGHT -> Optional.empty();
        case WRONG -> Optional.of(wantsToken(response, "This is not admin.token.\n"));
        case NONE -> Optional.of(tooMany(response));
      };
    }
    if (sessions.isOpen(cookie(request))) {
      return Optional.empty();
    }
    String accept = Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)).orElse("");
    if (request.getMethod().equals("GET") && accept.contains("text/html")) {
      response.getHeaders().put(HttpHeader.LOCATION, LOGIN);
      return Optional.of(Page.text(303, "Log in at " + LOGIN + ".\n"));
    }
    return Optional.of(
        wantsToken(response, "This wants Authorization: Bearer and the value of admin.token.\n"));
  }

  private static Page wantsToken(Response response, String text) {
    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"tombolo\"");
    return Page.text(401, text);
  }

  private static Page tooMany(Response response) {
    LOG.warn("many wrong tokens at admin.listen; none is looked at for the rest of the minute");
    response.getHeaders().put(HttpHeader.RETRY_AFTER, 60);
    return Page.text(429, "There were many wrong tokens. Try again in a minute.\n");
  }

  private static Page login(Request request, Response response, AdminSessions sessions)
      throws IOException {
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> new Page(200, Page.HTML, LoginPage.of(Optional.empty()));
      case "POST" ->
          switch (sessions.show(token(request))) {
            case RIGHT -> {
              Response.addCookie(response, session(request, sessions.open()));
              response.getHeaders().put(HttpHeader.LOCATION, "/");
              yield Page.text(303, "Welcome.\n");
            }
            case WRONG ->
                new Page(403, Page.HTML, LoginPage.of(Optional.of("This is not the token.")));
            case NONE -> tooMany(response);
          };
      default -> {
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
        yield Page.text(405, "Only GET, HEAD, POST work here.\n");
      }
    };
  }

  private static HttpCookie session(Request request, String name) {
    boolean isEncrypted = "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
    return HttpCookie.build(COOKIE, name)
        .path("/")
        .httpOnly(true)
        .secure(isEncrypted)
        .sameSite(HttpCookie.SameSite.STRICT)
        .maxAge(AdminSessions.LIFE.toSeconds())
        .build();
  }

  /** Of the form's only field. */
  private static String token(Request request) throws IOException {
    try (InputStream in = Request.asInputStream(request)) {
      String form = new String(in.readNBytes(MAX_FORM), StandardCharsets.US_ASCII);
      return Arrays.stream(form.split("&"))
          .filter(field -> field.startsWith(FIELD))
          .map(field ->
              URLDecoder.decode(field.substring(FIELD.length()), StandardCharsets.UTF_8).strip())
          .findFirst()
          .orElse("");
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static Optional<String> cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(one -> one.getName().equals(COOKIE))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  /** Programs say nothing of an origin; browsers always do where something is changed. */
  private static boolean isFromElsewhere(Request request) {
    Optional<String> site = Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Site"));
    if (site.filter(where -> !where.equals("same-origin") && !where.equals("none")).isPresent()) {
      return true;
    }
    Optional<String> origin = Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN));
    boolean wantsOrigin = cookie(request).isPresent();
    return origin.map(from -> !isHere(from, request)).orElse(wantsOrigin);
  }

  private static boolean isHere(String origin, Request request) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority())
          .equalsIgnoreCase(request.getHeaders().get(HttpHeader.HOST));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
