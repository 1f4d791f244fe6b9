package im.tombolo.core.address;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * A node of a pubsub service (XEP-0060 §12.21).
 *
 * @param service bare JID or domain
 * @param node name, as the service knows it
 */
public record NodeAddress(Jid service, String node) {
  private static final int MAX_LENGTH = 4_096;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  // Room for what escapes are longer by, of a usual node.
  private static final int ESCAPES = 16;

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
    if (query < 0) {
      return Optional.empty();
    }
    String start = name + "=";
    StringTokenizer pairs = new StringTokenizer(uri.substring(query + 1), ";&");
    while (pairs.hasMoreTokens()) {
      String pair = pairs.nextToken();
      Optional<String> value =
          pair.startsWith(start)
              ? decoded(pair.substring(start.length())).filter(text -> !text.isEmpty())
              : Optional.empty();
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /** Percent escapes undone; empty when they are malformed. */
  public static Optional<String> decoded(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    try {
      return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + ESCAPES);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        out.append((char) b);
      } else {
        HEX.toHexDigits(out.append('%'), b);
      }
    }
    return out.toString();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "-._*".indexOf(b) >= 0;
  }
}
