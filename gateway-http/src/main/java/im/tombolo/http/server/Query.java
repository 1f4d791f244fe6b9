package im.tombolo.http.server;

import im.tombolo.http.signature.Message;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request as the routes see it.
 *
 * @param message method, target and headers, with the host that the public asked for
 * @param segments of the path below the site's base, undecoded
 * @param parameter a query parameter, decoded
 * @param body what came with it, once
 */
record Query(
    Message message,
    List<String> segments,
    Function<String, Optional<String>> parameter,
    Body body) {

  @FunctionalInterface
  interface Body {
    InputStream open();
  }

  Optional<String> header(String name) {
    return message.header().apply(name);
  }

  boolean isRead() {
    return message.method().equals("GET") || message.method().equals("HEAD");
  }
}
