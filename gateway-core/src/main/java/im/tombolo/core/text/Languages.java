package im.tombolo.core.text;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Language tags (BCP 47). */
public final class Languages {
  private static final int MAX_LENGTH = 35;

  // Nearly all that arrive: to take them apart costs more than to know them.
  private static final Set<String> USUAL =
      Arrays.stream(Locale.getISOLanguages())
          .filter(tag -> spelled(tag).equals(tag))
          .collect(Collectors.toUnmodifiableSet());

  private Languages() {}

  /** The tag in its usual spelling; empty when it is none, or says that nothing is known. */
  public static Optional<String> normalise(String tag) {
    if (tag.isBlank() || tag.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (USUAL.contains(tag)) {
      return Optional.of(tag);
    }
    try {
      String usual = spelled(tag.strip().replace('_', '-'));
      return usual.equals("und") ? Optional.empty() : Optional.of(usual);
    } catch (IllformedLocaleException notATag) {
      return Optional.empty();
    }
  }

  private static String spelled(String tag) {
    return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
  }
}
