package im.tombolo.http.signature;

import java.util.Base64;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Values of Structured Fields (RFC 8941 §3), as far as signatures and digests have them. */
sealed interface StructuredField {
  /** As RFC 8941 §4.1 writes it, which is what RFC 9421 has signed. */
  String written();

  /** What stands by itself. */
  sealed interface Bare {
    record Text(String value) implements Bare {}

    record Token(String value) implements Bare {}

    record Whole(long value) implements Bare {}

    record Flag(boolean value) implements Bare {}

    /**
     * @param value not changed after construction
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Bytes(byte[] value) implements Bare {}

    default String written() {
      return switch (this) {
        case Text(String value) -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        case Token(String value) -> value;
        case Whole(long value) -> String.valueOf(value);
        case Flag(boolean value) -> value ? "?1" : "?0";
        case Bytes(byte[] value) -> ":" + Base64.getEncoder().encodeToString(value) + ":";
      };
    }
  }

  record Item(Bare value, SequencedMap<String, Bare> parameters) implements StructuredField {
    @Override
    public String written() {
      return value.written() + suffix(parameters);
    }
  }

  record InnerList(List<Item> items, SequencedMap<String, Bare> parameters)
      implements StructuredField {
    @Override
    public String written() {
      return items.stream().map(Item::written).collect(Collectors.joining(" ", "(", ")"))
          + suffix(parameters);
    }
  }

  private static String suffix(SequencedMap<String, Bare> parameters) {
    StringBuilder out = new StringBuilder();
    parameters.forEach((name, value) -> {
      out.append(';').append(name);
      if (!value.equals(new Bare.Flag(true))) {
        out.append('=').append(value.written());
      }
    });
    return out.toString();
  }
}
