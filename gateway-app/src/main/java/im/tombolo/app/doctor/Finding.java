package im.tombolo.app.doctor;

import java.util.Locale;
import java.util.Optional;

/**
 * What one look showed.
 *
 * @param check what was looked at, in a word or two
 * @param text what was found, a sentence
 * @param mend what to do about it; absent when nothing
 */
record Finding(String check, Level level, String text, Optional<String> mend) {
  enum Level {
    OK,
    /** It works, and not as well as it could. */
    WARN,
    FAIL
  }

  static Finding ok(String check, String text) {
    return new Finding(check, Level.OK, text, Optional.empty());
  }

  static Finding warn(String check, String text, String mend) {
    return new Finding(check, Level.WARN, text, Optional.of(mend));
  }

  static Finding fail(String check, String text, String mend) {
    return new Finding(check, Level.FAIL, text, Optional.of(mend));
  }

  String levelName() {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
