package im.tombolo.xmpp.service;

import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;
import java.util.function.Function;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** What to answer. */
public sealed interface IqReply {
  record Result(Optional<Element> payload) implements IqReply {}

  /**
   * @param detail the application's own condition
   */
  record Refused(Condition condition, Optional<Element> detail) implements IqReply {}

  static IqReply done() {
    return new Result(Optional.empty());
  }

  static IqReply of(Element payload) {
    return new Result(Optional.of(payload));
  }

  static IqReply refused(Condition condition) {
    return new Refused(condition, Optional.empty());
  }

  /** With a condition of XEP-0060. */
  static IqReply refused(Condition condition, String pubsubError) {
    return new Refused(
        condition, Optional.of(Element.of(pubsubError, Namespaces.PUBSUB_ERRORS).build()));
  }

  /** XEP-0060: a feature that the service does not have. */
  static IqReply unsupported(String feature) {
    return new Refused(
        Condition.feature_not_implemented,
        Optional.of(
            Element.of("unsupported", Namespaces.PUBSUB_ERRORS)
                .attribute("feature", feature)
                .build()));
  }

  /** The reply to an answer from the fediverse, or why there is none. */
  static <T> IqReply from(Answer<T> answer, Function<T, IqReply> reply) {
    return switch (answer) {
      case Answer.Got<T>(T value) -> reply.apply(value);
      case Answer.Missing<T> missing -> refused(Condition.item_not_found);
      case Answer.Gone<T> gone -> refused(Condition.item_not_found);
      case Answer.Closed<T> closed -> refused(Condition.forbidden);
      case Answer.Unavailable<T> unknown -> refused(Condition.remote_server_timeout);
    };
  }
}
