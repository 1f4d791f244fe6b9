package im.tombolo.http.signature;

import im.tombolo.core.model.Reading;
import im.tombolo.http.signature.StructuredField.Bare;
import im.tombolo.http.signature.StructuredField.InnerList;
import im.tombolo.http.signature.StructuredField.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * One signature of a request by RFC 9421, out of {@code Signature-Input} and {@code Signature}.
 *
 * @param input what is covered, with the parameters
 * @param covered names of components, none twice, none with parameters of its own
 * @param signature raw bytes; not changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by the check
record MessageSignature(InnerList input, List<String> covered, byte[] signature) {
  private static final int MAX_SIGNATURES = 4;

  /**
   * Of several signatures the one that is not for a purpose of its own ({@code tag}, RFC 9421
   * §2.3); of two such nobody could say whose word counts.
   */
  static Reading<MessageSignature> read(String signatureInput, String signature) {
    Map<String, StructuredField> inputs =
        DictionaryReader.read(signatureInput)
            .value()
            .<Map<String, StructuredField>>map(m -> m)
            .orElse(Map.of());
    Map<String, StructuredField> signatures =
        DictionaryReader.read(signature)
            .value()
            .<Map<String, StructuredField>>map(m -> m)
            .orElse(Map.of());
    if (inputs.isEmpty() || inputs.size() > MAX_SIGNATURES) {
      return Reading.refused("a Signature-Input that cannot be read");
    }
    List<String> meant =
        inputs.entrySet().stream()
            .filter(input -> inputs.size() == 1 || !isTagged(input.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (meant.size() != 1) {
      return Reading.refused("several signatures");
    }
    return inputs.get(meant.getFirst()) instanceof InnerList list
            && signatures.get(meant.getFirst()) instanceof Item(Bare.Bytes(byte[] bytes), var none)
        ? covering(list, bytes)
        : Reading.refused("a Signature-Input without its signature");
  }

  private static boolean isTagged(StructuredField input) {
    return input instanceof InnerList list && list.parameters().containsKey("tag");
  }

  private static Reading<MessageSignature> covering(InnerList list, byte[] signature) {
    Set<String> names = new HashSet<>();
    for (Item item : list.items()) {
      if (!(item.value() instanceof Bare.Text(String name))
          || !item.parameters().isEmpty()
          || !name.equals(name.toLowerCase(Locale.ROOT))
          || !names.add(name)) {
        return Reading.refused("a signature that covers what is not understood");
      }
    }
    return Reading.of(
        new MessageSignature(
            list,
            list.items().stream().map(item -> ((Bare.Text) item.value()).value()).toList(),
            signature));
  }

  private SequencedMap<String, Bare> parameters() {
    return input.parameters();
  }

  /** A parameter that is a text; empty also where it is of another kind. */
  Optional<String> text(String parameter) {
    return parameters().get(parameter) instanceof Bare.Text(String value)
        ? Optional.of(value)
        : Optional.empty();
  }

  Optional<Long> seconds(String parameter) {
    return parameters().get(parameter) instanceof Bare.Whole(long value)
        ? Optional.of(value)
        : Optional.empty();
  }

  boolean has(String parameter) {
    return parameters().containsKey(parameter);
  }

  /** The signature base (RFC 9421 §2.5); empty when the message lacks something covered. */
  Optional<String> base(Message message, PublicOrigin origin) {
    StringBuilder out = new StringBuilder();
    for (String name : covered) {
      Optional<String> value = value(name, message, origin);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      out.append('"').append(name).append("\": ").append(value.get()).append('\n');
    }
    return Optional.of(out.append("\"@signature-params\": ").append(input.written()).toString());
  }

  private static Optional<String> value(String name, Message message, PublicOrigin origin) {
    String target = message.target();
    int query = target.indexOf('?');
    return switch (name) {
      case "@method" -> Optional.of(message.method());
      case "@target-uri" -> Optional.of(origin.uri(target));
      case "@authority" -> Optional.of(origin.host());
      case "@scheme" -> Optional.of(origin.scheme());
      case "@request-target" -> Optional.of(target);
      case "@path" -> Optional.of(query < 0 ? target : target.substring(0, query));
      case "@query" -> Optional.of(query < 0 ? "?" : target.substring(query));
      default -> name.startsWith("@") ? Optional.empty() : message.value(name).map(String::strip);
    };
  }
}
