package im.tombolo.http.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of a file are asked for (RFC 9110 §14.1.2). */
sealed interface ByteRange {
  /** Up to 18 digits: more do not fit into a long, and no file has so many bytes. */
  Pattern SINGLE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

  /** All of them: no range, several, or something that is none, which counts as not given. */
  record Whole() implements ByteRange {}

  /** From the first to the last, both included. */
  record Part(long first, long last) implements ByteRange {
    long length() {
      return last - first + 1;
    }
  }

  /** None that is there. */
  record Outside() implements ByteRange {}

  /**
   * @param header the Range header
   * @param length of the file
   */
  static ByteRange read(Optional<String> header, long length) {
    Optional<Matcher> single = header.map(SINGLE::matcher).filter(Matcher::matches);
    return single.map(range -> read(range.group(1), range.group(2), length)).orElse(new Whole());
  }

  private static ByteRange read(String from, String to, long length) {
    if (from.isEmpty()) {
      return to.isEmpty() ? new Whole() : lastOnes(Long.parseLong(to), length);
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
    if (last < first) {
      return new Whole();
    }
    return first < length ? new Part(first, Math.min(last, length - 1)) : new Outside();
  }

  private static ByteRange lastOnes(long number, long length) {
    return number == 0 || length == 0
        ? new Outside()
        : new Part(Math.max(0, length - number), length - 1);
  }
}
