package im.tombolo.xmpp;

import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Locale;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Stanza errors (RFC 6120 §8.3): written, and read for what they mean to us. */
final class StanzaErrors {
  private StanzaErrors() {}

  /**
   * The error element; its type is the one that RFC 6120 recommends for the condition.
   *
   * @param detail the application's own condition
   */
  static Element write(Condition condition, Optional<Element> detail) {
    String type = StanzaError.getBuilder(condition).build().getType().toString();
    return Element.of("error", Namespaces.JABBER_CLIENT)
        .attribute("type", type.toLowerCase(Locale.ROOT))
        .child(Element.of(condition.toString(), Namespaces.STANZA_ERRORS).build())
        .child(detail)
        .build();
  }

  /** The answer to a stanza that is refused, from the address that it was sent to. */
  static Element refusal(Element stanza, Condition condition, Optional<Element> detail) {
    return answer(stanza, "error").child(write(condition, detail)).build();
  }

  /**
   * @param words why, for people
   */
  static Element refusal(Element stanza, Condition condition, String words) {
    Element text =
        Element.of("text", Namespaces.STANZA_ERRORS).lang(Optional.of("en")).text(words).build();
    return refusal(stanza, condition, Optional.of(text));
  }

  /** An answer to a stanza, from the address that it was sent to, as it was spelled there. */
  static Element.Builder answer(Element stanza, String type) {
    return answer(stanza, Optional.of(type));
  }

  /**
   * @param type absent for available presence
   */
  static Element.Builder answer(Element stanza, Optional<String> type) {
    return Element.of(stanza.name(), Namespaces.JABBER_CLIENT)
        .attribute("type", type)
        .attribute("id", stanza.attribute("id"))
        .attribute("from", stanza.attributeOr("to", ""))
        .attribute("to", stanza.attributeOr("from", ""));
  }

  /** True for an IQ that wants an answer, whatever it asks (RFC 6120 §8.2.3). */
  static boolean isQuestion(Element stanza) {
    return stanza.name().equals("iq") && !isAnswer(stanza);
  }

  /** True for an IQ that ends a question of ours. */
  static boolean isAnswer(Element stanza) {
    String type = stanza.attributeOr("type", "");
    return stanza.name().equals("iq") && (type.equals("result") || type.equals("error"));
  }

  /**
   * What an error says about the thing that was asked for. A service that is not offered at the
   * moment says nothing about the thing, so it is not missing.
   */
  static <T> Answer<T> meaning(Element stanza) {
    Condition condition =
        stanza
            .child("error", Namespaces.JABBER_CLIENT)
            .flatMap(StanzaErrors::condition)
            .orElse(Condition.undefined_condition);
    return switch (condition) {
      case item_not_found, feature_not_implemented, jid_malformed -> new Answer.Missing<>();
      case gone -> new Answer.Gone<>();
      case forbidden, not_authorized, not_allowed, registration_required, subscription_required ->
          new Answer.Closed<>();
      case Condition other -> new Answer.Unavailable<>(other.toString());
    };
  }

  private static Optional<Condition> condition(Element error) {
    return error.elements().stream()
        .filter(child -> child.namespace().equals(Namespaces.STANZA_ERRORS))
        .filter(child -> !child.name().equals("text"))
        .findFirst()
        .flatMap(child -> {
          try {
            return Optional.of(Condition.fromString(child.name()));
          } catch (IllegalStateException | IllegalArgumentException notInTheList) {
            return Optional.empty();
          }
        });
  }
}
