package im.tombolo.app.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One key of the configuration.
 *
 * @param key path with dots
 * @param expected what a value looks like, for errors and for the documentation
 * @param fallback the value when none is given; empty: see {@code required}
 * @param required whether it has to be given
 * @param about one line of documentation
 * @param parse from what is written; throws {@link IllegalArgumentException} when that is none
 */
record Setting<T>(
    String key,
    String expected,
    Optional<String> fallback,
    boolean required,
    String about,
    Function<List<String>, T> parse) {

  /** The variable of the environment that sets it. */
  String variable() {
    return "TOMBOLO_" + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
