package im.tombolo.core.address;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A node of a pubsub service (XEP-0060 §12.21).
 *
 * @param service bare JID or domain
 * @param node name, as the service knows it
 */
public record NodeAddress(Jid service, String node) {
  private static final int MAX_LENGTH = 4_096;
  private static final Pattern PARTS = Pattern.compile("[;&]");

  public ItemAddress item(String id) {
    return new ItemAddress(this, id);
  }

  /** {@code xmpp:JID?;node=N}, with escapes. */
  public String uri() {
    return service.uri() + "?;node=" + encode(node);
  }

  /** The node that an {@code xmpp:} address names, with or without an item. */
  public static Optional<NodeAddress> parse(String uri) {
    return jid(uri)
        .flatMap(service -> value(uri, "node").map(node -> new NodeAddress(service, node)));
  }

  /** The bare JID that an {@code xmpp:} address begins with. */
  public static Optional<Jid> jid(String uri) {
    return path(uri).flatMap(Jid::parse).map(Jid::bare);
  }

  private static Optional<String> path(String uri) {
    String text = uri.strip();
    if (text.length() > MAX_LENGTH || !text.regionMatches(true, 0, "xmpp:", 0, 5)) {
      return Optional.empty();
    }
    String path = text.substring(5);
    int end = path.indexOf('?');
    return decoded(end < 0 ? path : path.substring(0, end));
  }

  /** A value of the query; Movim leaves out the escapes, others write them. */
  static Optional<String> value(String uri, String name) {
    int query = uri.indexOf('?');
    return query < 0
        ? Optional.empty()
        : PARTS
            .splitAsStream(uri.substring(query + 1))
            .filter(pair -> pair.startsWith(name + "="))
            .flatMap(pair -> decoded(pair.substring(name.length() + 1)).stream())
            .filter(value -> !value.isEmpty())
            .findFirst();
  }

  /** Percent escapes undone; empty when they are malformed. */
  public static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
