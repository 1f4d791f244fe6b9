package im.tombolo.core.activity;

import im.tombolo.core.model.Poll;
import im.tombolo.core.text.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the answers of a Question. */
final class PollReader {
  private static final int MAX_NAME = 500;
  // More than there are people.
  private static final long MAX_COUNT = 10_000_000_000L;

  private PollReader() {}

  static Optional<Poll> read(ObjectNode object) {
    if (!Json.isType(object, "Question")) {
      return Optional.empty();
    }
    boolean multiple = !Json.values(object, "anyOf").isEmpty();
    List<Poll.Option> options = options(object, multiple ? "anyOf" : "oneOf");
    if (options.isEmpty()) {
      return Optional.empty();
    }
    boolean closed =
        Json.time(object, "closed").isPresent() || object.path("closed").asBoolean(false);
    return Optional.of(
        new Poll(
            options,
            multiple,
            Json.time(object, "endTime").or(() -> Json.time(object, "closed")),
            closed,
            count(object.path("votersCount"))));
  }

  private static List<Poll.Option> options(ObjectNode object, String property) {
    Map<String, Poll.Option> byName = new LinkedHashMap<>();
    Json.objects(object, property)
        .forEach(option ->
            Json.text(option, "name")
                // As it is: votes name it by the letter.
                .map(name -> Excerpt.cut(name, MAX_NAME))
                .filter(name -> !name.isBlank())
                .ifPresent(name -> byName.putIfAbsent(name, new Poll.Option(name, votes(option)))));
    return byName.values().stream().limit(Poll.MAX_OPTIONS).toList();
  }

  private static long votes(ObjectNode option) {
    JsonNode replies = option.path("replies");
    return count(replies.path("totalItems")).orElse(0L);
  }

  /** A whole number from 0 and of some sense; whatever else is told counts as nothing. */
  private static Optional<Long> count(JsonNode node) {
    return node.isIntegralNumber()
            && node.canConvertToLong()
            && node.longValue() >= 0
            && node.longValue() <= MAX_COUNT
        ? Optional.of(node.longValue())
        : Optional.empty();
  }
}
