package im.tombolo.core.address;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * An XMPP address (RFC 7622). Local part and domain are lower case; an absent part is the empty
 * string. Addresses that arrive from a server are prepared already, so nothing is folded beyond
 * that.
 *
 * @param local at most 1023 bytes, escaped as it is on the wire (XEP-0106)
 * @param domain at most 1023 bytes, never empty
 * @param resource at most 1023 bytes
 */
public record Jid(String local, String domain, String resource) {
  private static final int MAX_PART_BYTES = 1023;
  private static final String NOT_IN_LOCAL = "\"&'/:<>@";
  private static final int FIRST_BEYOND_ASCII = 0x80;

  public Jid {
    local = local.toLowerCase(Locale.ROOT);
    domain = domain.toLowerCase(Locale.ROOT);
    if (!isLocal(local) || !isDomain(domain) || !isResource(resource)) {
      throw new IllegalArgumentException("not a JID");
    }
  }

  /** Reads an address; empty when it is none. */
  public static Optional<Jid> parse(String text) {
    int slash = text.indexOf('/');
    String bare = slash < 0 ? text : text.substring(0, slash);
    String resource = slash < 0 ? "" : text.substring(slash + 1);
    int at = bare.indexOf('@');
    if (at == 0 || (slash >= 0 && resource.isEmpty())) {
      return Optional.empty();
    }
    try {
      String local = at < 0 ? "" : bare.substring(0, at);
      return Optional.of(new Jid(local, bare.substring(at + 1), resource));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /**
   * Reads an address that is known to be one.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static Jid of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a JID: " + text));
  }

  public static Jid domain(String domain) {
    return new Jid("", domain, "");
  }

  public Jid bare() {
    return isBare() ? this : new Jid(local, domain, "");
  }

  public boolean isBare() {
    return resource.isEmpty();
  }

  /** True for an address without a local part. */
  public boolean isDomain() {
    return local.isEmpty();
  }

  /** {@code xmpp:local@domain}, with escapes (RFC 5122). */
  public String uri() {
    return "xmpp:" + (local.isEmpty() ? "" : NodeAddress.encode(local) + "@") + domain;
  }

  public Jid withResource(String newResource) {
    return new Jid(local, domain, newResource);
  }

  @Override
  public String toString() {
    return (local.isEmpty() ? "" : local + "@")
        + domain
        + (resource.isEmpty() ? "" : "/" + resource);
  }

  private static boolean isLocal(String text) {
    return fits(text) && hasNone(text, c -> isBad(c) || NOT_IN_LOCAL.indexOf(c) >= 0);
  }

  private static boolean isDomain(String text) {
    return !text.isEmpty()
        && fits(text)
        && hasNone(text, c -> isBad(c) || (c < FIRST_BEYOND_ASCII && !isOfNames(c)));
  }

  /** In ASCII, what names and addresses of hosts are made of (RFC 7622 §3.2). */
  private static boolean isOfNames(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._:[]".indexOf(c) >= 0;
  }

  private static boolean isResource(String text) {
    return fits(text) && hasNone(text, Jid::isControl);
  }

  private static boolean hasNone(String text, IntPredicate bad) {
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (bad.test(codePoint)) {
        return false;
      }
      at += Character.charCount(codePoint);
    }
    return true;
  }

  private static boolean isBad(int codePoint) {
    return isControl(codePoint)
        || Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint);
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> true;
      default -> false;
    };
  }

  private static boolean fits(String text) {
    return text.length() <= MAX_PART_BYTES / 3
        || text.getBytes(StandardCharsets.UTF_8).length <= MAX_PART_BYTES;
  }
}
