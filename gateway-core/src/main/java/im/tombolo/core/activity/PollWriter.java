package im.tombolo.core.activity;

import im.tombolo.core.model.Poll;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answers of a Question. */
final class PollWriter {
  private PollWriter() {}

  static void write(Poll poll, ObjectNode out) {
    ArrayNode options = out.putArray(poll.multiple() ? "anyOf" : "oneOf");
    for (Poll.Option option : poll.options()) {
      options
          .addObject()
          .put("type", "Note")
          .put("name", option.name())
          .putObject("replies")
          .put("type", "Collection")
          .put("totalItems", option.votes());
    }
    Optional<String> end = poll.ends().map(Instant::toString);
    end.ifPresent(at -> out.put("endTime", at));
    if (poll.closed()) {
      end.ifPresentOrElse(at -> out.put("closed", at), () -> out.put("closed", true));
    }
    poll.voters().ifPresent(voters -> out.put("votersCount", voters));
  }
}
