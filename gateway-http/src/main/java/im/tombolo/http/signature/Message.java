package im.tombolo.http.signature;

import java.util.Optional;
import java.util.function.Function;

/**
 * What of a request a signature speaks of.
 *
 * @param method upper case
 * @param target raw path and query
 * @param header the values of a header by its name in any case, joined by {@code ", "}
 */
public record Message(String method, String target, Function<String, Optional<String>> header) {
  Optional<String> value(String name) {
    return header.apply(name);
  }
}
