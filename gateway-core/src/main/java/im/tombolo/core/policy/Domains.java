package im.tombolo.core.policy;

import java.net.IDN;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of servers, compared however they are written. */
public final class Domains {
  private static final int MAX_LENGTH = 253;
  // Two characters of Java's are at least one there. On long names IDN throws what it does not say.
  private static final int MAX_WRITTEN = 2 * MAX_LENGTH + 8;
  private static final Pattern LABELS = Pattern.compile("(?:[a-z0-9_-]{1,63}\\.)*[a-z0-9-]{1,63}");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");

  private Domains() {}

  /**
   * Lower case, in the form of the DNS (punycode), without a trailing dot or a port; empty for what
   * is no name and no address.
   */
  public static Optional<String> canonical(String text) {
    // As nearly all of them are written; asked for each activity, several times.
    if (isName(text)) {
      return Optional.of(text);
    }
    if (text.length() > MAX_WRITTEN) {
      return Optional.empty();
    }
    String plain = PORT.matcher(text.strip()).replaceFirst("");
    if (IPV6.matcher(plain).matches()) {
      return Optional.of(plain.toLowerCase(Locale.ROOT));
    }
    try {
      String ascii = IDN.toASCII(plain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
      return Optional.of(name).filter(Domains::isName);
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  private static boolean isName(String text) {
    return text.length() <= MAX_LENGTH && LABELS.matcher(text).matches();
  }

  /** A server and the domains above it, nearest first. */
  static List<String> upwards(String canonical) {
    List<String> names = new ArrayList<>();
    String name = canonical;
    names.add(name);
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {
      name = name.substring(dot + 1);
      names.add(name);
    }
    return names;
  }

  /** The server of a URL; Java's reader leaves out those that are not written in ASCII. */
  static Optional<String> of(URI url) {
    return Optional.ofNullable(url.getHost())
        .or(() ->
            Optional.ofNullable(url.getRawAuthority())
                .map(authority -> authority.substring(authority.lastIndexOf('@') + 1)))
        .flatMap(Domains::canonical);
  }
}
