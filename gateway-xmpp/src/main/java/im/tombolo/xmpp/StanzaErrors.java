package im.tombolo.xmpp;

import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Locale;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Stanza errors (RFC 6120 §8.3): written, and read for what they mean to us. */
public final class StanzaErrors {
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
