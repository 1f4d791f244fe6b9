package im.tombolo.http.signature;

import im.tombolo.core.model.Reading;
import im.tombolo.http.signature.StructuredField.Bare;
import im.tombolo.http.signature.StructuredField.InnerList;
import im.tombolo.http.signature.StructuredField.Item;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads a Dictionary (RFC 8941 §4.2.2) to the letter, but that a name may not come twice: of two
 * signatures under one name nobody could say which was meant. Decimals are not read.
 */
final class DictionaryReader {
  private static final int MAX_CHARS = 16_384;
  private static final int MAX_VALUES = 64;
  private static final int MAX_DIGITS = 15;
  private static final String TOKEN_CHARS = "!#$%&'*+-.^_`|~:/";

  private final String text;
  private int at;

  private DictionaryReader(String text) {
    this.text = text;
  }

  static Reading<SequencedMap<String, StructuredField>> read(String header) {
    if (header.length() > MAX_CHARS) {
      return Reading.refused("a header that is too long");
    }
    try {
      return Reading.of(new DictionaryReader(header).dictionary());
    } catch (IllegalArgumentException malformed) {
      return Reading.refused("a header that is no dictionary");
    }
  }

  private SequencedMap<String, StructuredField> dictionary() {
    SequencedMap<String, StructuredField> members = new LinkedHashMap<>();
    skip(" ");
    while (!isEnd()) {
      String key = key();
      StructuredField value = take('=') ? member() : new Item(new Bare.Flag(true), parameters());
      put(members, key, value);
      skip(" \t");
      if (isEnd()) {
        return members;
      }
      expect(',');
      skip(" \t");
      if (isEnd()) {
        throw new IllegalArgumentException("a comma at the end");
      }
    }
    return members;
  }

  private StructuredField member() {
    return isAt('(') ? innerList() : item();
  }

  private InnerList innerList() {
    expect('(');
    List<Item> items = new ArrayList<>();
    skip(" ");
    while (!take(')')) {
      items.add(item());
      if (items.size() > MAX_VALUES || !(isAt(' ') || isAt(')'))) {
        throw new IllegalArgumentException("a list that is none");
      }
      skip(" ");
    }
    return new InnerList(List.copyOf(items), parameters());
  }

  private Item item() {
    Bare value = bare();
    return new Item(value, parameters());
  }

  private SequencedMap<String, Bare> parameters() {
    SequencedMap<String, Bare> found = new LinkedHashMap<>();
    while (take(';')) {
      skip(" ");
      String key = key();
      put(found, key, take('=') ? bare() : new Bare.Flag(true));
    }
    return found;
  }

  private static <T> void put(SequencedMap<String, T> map, String key, T value) {
    if (map.put(key, value) != null || map.size() > MAX_VALUES) {
      throw new IllegalArgumentException("a name twice, or too many");
    }
  }

  private String key() {
    int start = at;
    while (!isEnd() && isKeyChar(text.charAt(at), at == start)) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("no name");
    }
    return text.substring(start, at);
  }

  private static boolean isKeyChar(char c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || c == '*'
        || (!first && ((c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'));
  }

  private Bare bare() {
    if (isEnd()) {
      throw new IllegalArgumentException("nothing");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '"' -> string();
      case ':' -> bytes();
      case '?' -> flag();
      default -> c == '-' || isDigit(c) ? whole() : token();
    };
  }

  private Bare.Text string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (!take('"')) {
      char c = next();
      if (c == '\\') {
        c = next();
        if (c != '"' && c != '\\') {
          throw new IllegalArgumentException("an escape of nothing");
        }
      } else if (c < ' ' || c > '~') {
        throw new IllegalArgumentException("a character beyond ASCII");
      }
      out.append(c);
    }
    return new Bare.Text(out.toString());
  }

  private Bare.Bytes bytes() {
    expect(':');
    int end = text.indexOf(':', at);
    if (end < 0) {
      throw new IllegalArgumentException("bytes without end");
    }
    byte[] value = Base64.getDecoder().decode(text.substring(at, end));
    at = end + 1;
    return new Bare.Bytes(value);
  }

  private Bare.Flag flag() {
    expect('?');
    return switch (next()) {
      case '1' -> new Bare.Flag(true);
      case '0' -> new Bare.Flag(false);
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private Bare.Whole whole() {
    int start = at;
    take('-');
    int digits = at;
    while (!isEnd() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == digits || at - digits > MAX_DIGITS || isAt('.')) {
      throw new IllegalArgumentException("no whole number");
    }
    return new Bare.Whole(Long.parseLong(text.substring(start, at)));
  }

  private Bare.Token token() {
    int start = at;
    while (!isEnd() && isTokenChar(text.charAt(at), at == start)) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("no token");
    }
    return new Bare.Token(text.substring(start, at));
  }

  private static boolean isTokenChar(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
    return letter || (!first && (isDigit(c) || TOKEN_CHARS.indexOf(c) >= 0));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean isEnd() {
    return at >= text.length();
  }

  private boolean isAt(char c) {
    return !isEnd() && text.charAt(at) == c;
  }

  private boolean take(char c) {
    boolean taken = isAt(c);
    at += taken ? 1 : 0;
    return taken;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw new IllegalArgumentException("something else");
    }
  }

  private char next() {
    if (isEnd()) {
      throw new IllegalArgumentException("an end too early");
    }
    return text.charAt(at++);
  }

  private void skip(String blanks) {
    while (!isEnd() && blanks.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
