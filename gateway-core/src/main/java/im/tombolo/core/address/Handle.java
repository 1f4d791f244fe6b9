package im.tombolo.core.address;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fediverse address, {@code user@host} (RFC 7565). Compared without regard to case, so both parts
 * are lower case.
 */
public record Handle(String user, String host) {
  /** Characters of the user's name. */
  static final int MAX_USER = 250;

  private static final int MAX_LENGTH = 512;
  // Escaped, and with the longest host, it fits into the 1023 bytes of a JID's local part.
  private static final int MAX_USER_BYTES = 750;
  // Nothing that a JID cannot hold, and no escape that is undone in JIDs of ours.
  private static final Pattern USER =
      Pattern.compile("(?!.*%(?:40|5c))[^\\s@/?#\\p{Z}\\p{Cc}\\p{Cn}\\p{Cs}]{1," + MAX_USER + "}");
  private static final Pattern HOST =
      Pattern.compile(
          "[a-z0-9](?:[a-z0-9._-]{0,252})(?::[0-9]{1,5})?|\\[[0-9a-f:.]{2,45}](?::[0-9]{1,5})?");

  public Handle {
    user = user.toLowerCase(Locale.ROOT);
    host = host.toLowerCase(Locale.ROOT);
    if (!USER.matcher(user).matches()
        || user.getBytes(StandardCharsets.UTF_8).length > MAX_USER_BYTES
        || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("not a handle");
    }
  }

  /** Reads {@code a@b}, {@code @a@b} and {@code acct:a@b}; empty when it is none of them. */
  public static Optional<Handle> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String plain = text.regionMatches(true, 0, "acct:", 0, 5) ? text.substring(5) : text;
    // Lemmy writes those of communities with an exclamation mark.
    if (plain.startsWith("@") || plain.startsWith("!")) {
      plain = plain.substring(1);
    }
    int at = plain.lastIndexOf('@');
    if (at <= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Handle(plain.substring(0, at), plain.substring(at + 1)));
    } catch (IllegalArgumentException notAHandle) {
      return Optional.empty();
    }
  }

  public String acct() {
    return "acct:" + this;
  }

  @Override
  public String toString() {
    return user + "@" + host;
  }
}
