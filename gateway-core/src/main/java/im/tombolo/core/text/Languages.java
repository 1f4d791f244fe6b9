package im.tombolo.core.text;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;

/** Language tags (BCP 47). */
public final class Languages {
  private static final int MAX_LENGTH = 35;

  private Languages() {}

  /** The tag in its usual spelling; empty when it is none, or says that nothing is known. */
  public static Optional<String> normalise(String tag) {
    if (tag.isBlank() || tag.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String usual =
          new Locale.Builder()
              .setLanguageTag(tag.strip().replace('_', '-'))
              .build()
              .toLanguageTag();
      return usual.equals("und") ? Optional.empty() : Optional.of(usual);
    } catch (IllformedLocaleException notATag) {
      return Optional.empty();
    }
  }
}
