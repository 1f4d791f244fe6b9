package im.tombolo.core.activity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Canonicalization Scheme (RFC 8785): one text for each document, to be hashed. It works
 * on the tree that everything else is read from, so that what was signed is what is acted on.
 */
final class CanonicalJson {
  // ECMA-262 §6.1.6.1.20: numbers from 10^21 on, and below 10^-6, are written with an exponent.
  private static final int PLAIN_DIGITS = 21;
  private static final int PLAIN_ZEROS = -6;

  private CanonicalJson() {}

  /** Empty for a number that is no finite double. */
  static Optional<byte[]> of(JsonNode node) {
    try {
      return Optional.of(text(node).getBytes(StandardCharsets.UTF_8));
    } catch (ArithmeticException | JacksonException noDouble) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode node) {
    if (node instanceof ObjectNode object) {
      // The order of String is that of UTF-16 code units, as RFC 8785 §3.2.3 has it.
      return object.properties().stream()
          .sorted((one, other) -> one.getKey().compareTo(other.getKey()))
          .map(member -> quoted(member.getKey()) + ":" + text(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node.isArray()) {
      return node.valueStream().map(CanonicalJson::text).collect(Collectors.joining(",", "[", "]"));
    }
    if (node.isString()) {
      return quoted(node.stringValue());
    }
    return node.isNumber() ? number(node.doubleValue()) : node.toString();
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /**
   * As ECMAScript writes it; {@link Double#toString} gives the same shortest digits, but two of
   * them also where one would do.
   */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("no finite double");
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal given = new BigDecimal(Double.toString(Math.abs(value)));
    BigDecimal single = given.round(new MathContext(1));
    BigDecimal exact =
        (single.doubleValue() == Math.abs(value) ? single : given).stripTrailingZeros();
    String digits = exact.unscaledValue().toString();
    int point = digits.length() - exact.scale();
    return (value < 0 ? "-" : "") + placed(digits, point);
  }

  /**
   * @param point how many digits stand before the decimal point
   */
  private static String placed(String digits, int point) {
    int length = digits.length();
    if (point > PLAIN_DIGITS || point <= PLAIN_ZEROS) {
      int exponent = point - 1;
      return digits.charAt(0)
          + (length > 1 ? "." + digits.substring(1) : "")
          + "e"
          + (exponent < 0 ? "-" : "+")
          + Math.abs(exponent);
    }
    if (point >= length) {
      return digits + "0".repeat(point - length);
    }
    return point > 0
        ? digits.substring(0, point) + "." + digits.substring(point)
        : "0." + "0".repeat(-point) + digits;
  }
}
