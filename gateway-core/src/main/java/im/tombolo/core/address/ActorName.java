package im.tombolo.core.address;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names that every fediverse server takes: {@code [a-z0-9._-]}, beginning and ending with a letter,
 * digit or underscore (the narrowest rule is Misskey's). Any other byte of the UTF-8 form is
 * written {@code __hh}. Each name has exactly one escaped form.
 */
public final class ActorName {
  /** A character takes three bytes of UTF-8 at most, or two of them four; a byte becomes four. */
  static final int MAX_GROWTH = 12;

  private ActorName() {}

  public static String escape(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(bytes.length + 8);
    for (int i = 0; i < bytes.length; i++) {
      boolean edge = i == 0 || i == bytes.length - 1;
      int b = bytes[i] & 0xff;
      if (isWord(b)
          || ((b == '.' || b == '-') && !edge)
          || (b == '_' && !beforeUnderscore(bytes, i))) {
        out.append((char) b);
      } else {
        out.append("__").append(String.format("%02x", b));
      }
    }
    return out.toString();
  }

  /** The name behind an escaped form; empty when it is not the form that {@link #escape} gives. */
  public static Optional<String> unescape(String escaped) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(escaped.length());
    int i = 0;
    while (i < escaped.length()) {
      if (escaped.startsWith("__", i) && i + 4 <= escaped.length()) {
        int high = Character.digit(escaped.charAt(i + 2), 16);
        int low = Character.digit(escaped.charAt(i + 3), 16);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        out.write(high * 16 + low);
        i += 4;
      } else {
        out.write(escaped.charAt(i++));
      }
    }
    return decode(out.toByteArray()).filter(name -> escape(name).equals(escaped));
  }

  private static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static boolean isWord(int b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
  }

  /** True when the next character of the output will be an underscore. */
  private static boolean beforeUnderscore(byte[] bytes, int at) {
    if (at + 1 >= bytes.length) {
      return false;
    }
    int next = bytes[at + 1] & 0xff;
    boolean last = at + 2 == bytes.length;
    return !(isWord(next) || ((next == '.' || next == '-') && !last));
  }
}
