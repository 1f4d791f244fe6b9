package im.tombolo.http.server;

import im.tombolo.http.signature.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request as the routes see it.
 *
 * @param message method, target and headers, with the host that the public asked for
 * @param segments of the path below the site's base, undecoded
 * @param parameter a query parameter, decoded
 * @param body reads so many bytes at most
 */
record Query(
    Message message,
    List<String> segments,
    Function<String, Optional<String>> parameter,
    Body body) {

  /** The body, once. */
  @FunctionalInterface
  interface Body {
    /**
     * @return empty when there are more than {@code max} bytes
     * @throws IOException when the connection broke
     */
    Optional<byte[]> read(int max) throws IOException;
  }

  Optional<String> header(String name) {
    return message.header().apply(name);
  }

  boolean isRead() {
    return message.method().equals("GET") || message.method().equals("HEAD");
  }
}
