package im.tombolo.core.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/** Hashtags, kept without their {@code #}. */
public final class Tags {
  /** Tags of one post; more are not spoken of anywhere. */
  public static final int MAX_PER_POST = 50;

  private static final int MAX_LENGTH = 100;
  static final Pattern IN_TEXT =
      Pattern.compile("(?<![\\p{L}\\p{N}_/&#])#([\\p{L}\\p{N}_]*\\p{L}[\\p{L}\\p{N}\\p{M}_]*)");

  private Tags() {}

  /** The tags that a text contains, in order, without duplicates. */
  public static List<String> fromText(String plain) {
    if (plain.indexOf('#') < 0) {
      return List.of();
    }
    SequencedSet<String> found = new LinkedHashSet<>();
    IN_TEXT.matcher(plain).results().limit(MAX_PER_POST).forEach(m -> found.add(m.group(1)));
    return List.copyOf(found);
  }

  /** A tag as people mean it: without {@code #} and spaces around; empty when nothing is left. */
  public static Optional<String> normalise(String tag) {
    String plain = tag.strip();
    if (plain.startsWith("#")) {
      plain = plain.substring(1).strip();
    }
    return plain.isEmpty() || plain.length() > MAX_LENGTH ? Optional.empty() : Optional.of(plain);
  }
}
