package im.tombolo.core.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/** People who are named in a text by their address: {@code @user@host}. */
public final class Mentions {
  /** Of one text; more are not spoken to. */
  public static final int MAX_PER_POST = 50;

  /** The host may have any number of labels, two at least. */
  static final Pattern IN_TEXT =
      Pattern.compile(
          "(?<![\\w@/.])@([A-Za-z0-9_][A-Za-z0-9_.-]{0,63})"
              + "@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9])");

  private Mentions() {}

  /** As they are written, in order, without duplicates. */
  public static List<String> fromText(String plain) {
    if (plain.indexOf('@') < 0) {
      return List.of();
    }
    SequencedSet<String> found = new LinkedHashSet<>();
    IN_TEXT.matcher(plain).results().limit(MAX_PER_POST).forEach(m -> found.add(m.group()));
    return List.copyOf(found);
  }
}
