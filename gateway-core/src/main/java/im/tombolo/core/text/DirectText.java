package im.tombolo.core.text;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A note as the body of a message. */
public final class DirectText {
  /** Longer ones are cut and end with the address of the whole; in characters. */
  static final int MAX = 20_000;

  private static final Pattern CALL = Pattern.compile("\\s*(@[^\\s,:;]+)[,:;]?");

  private DirectText() {}

  /**
   * Without the names of its readers in front, which notes need and messages do not.
   *
   * @param called names as the note's mentions have them: {@code @user} or {@code @user@host}
   */
  public static String withoutCall(String plain, Collection<String> called) {
    List<String> names = called.stream().map(DirectText::user).toList();
    Matcher call = CALL.matcher(plain);
    int from = 0;
    while (call.region(from, plain.length()).lookingAt() && names.contains(user(call.group(1)))) {
      from = call.end();
    }
    return plain.substring(from).strip();
  }

  /** Mastodon shows the user alone, whatever the mention is called. */
  private static String user(String name) {
    String plain = name.startsWith("@") ? name.substring(1) : name;
    return plain.split("@", 2)[0].toLowerCase(Locale.ROOT);
  }

  /**
   * @param warning comes first
   * @param whole where all of it is
   */
  public static String of(Optional<String> warning, List<String> lines, URI whole) {
    String text =
        lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining("\n\n"));
    String all = warning.map(line -> "[" + line + "]\n\n" + text).orElse(text).strip();
    return all.length() <= MAX ? all : Excerpt.cut(all, MAX - 1) + "…\n\n" + whole;
  }
}
