package im.tombolo.core.activity;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.IncomingActivity.PassedOn;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what communities pass on (FEP-1b12 §Announce): activities of others, and those of
 * moderators, which are about what is not theirs.
 */
final class PassedOnReader {
  private PassedOnReader() {}

  /** Whether there are activities among what is announced; a post has no object. */
  static boolean isPassedOn(List<JsonNode> objects) {
    return objects.stream().anyMatch(PassedOnReader::isActivity);
  }

  private static boolean isActivity(JsonNode object) {
    return object instanceof ObjectNode node && node.has("actor") && node.has("object");
  }

  static IncomingActivity read(URI id, URI actor, List<JsonNode> objects) {
    List<PassedOn.Content> contents = new ArrayList<>();
    for (JsonNode object : objects) {
      if (contents.size() < PassedOn.MAX_CONTENTS && object instanceof ObjectNode node) {
        content(actor, node)
            .map(activity -> new PassedOn.Content(activity, node.toString()))
            .ifPresent(contents::add);
      }
    }
    return new PassedOn(id, actor, contents);
  }

  private static Optional<IncomingActivity> content(URI community, ObjectNode activity) {
    Optional<URI> id = Json.id(activity);
    Optional<URI> actor = Json.ref(activity, "actor");
    List<JsonNode> objects = Json.values(activity, "object");
    if (id.isEmpty() || actor.isEmpty() || objects.size() != 1) {
      return Optional.empty();
    }
    return moderation(community, id.get(), actor.get(), activity, objects.getFirst())
        .or(() ->
            Json.isType(activity, "Announce")
                ? Optional.empty()
                : ActivityReader.read(activity).value());
  }

  private static Optional<IncomingActivity> moderation(
      URI community, URI id, URI actor, ObjectNode activity, JsonNode object) {
    Optional<URI> named = Json.id(object);
    return switch (Json.type(activity)) {
      case "Delete" ->
          named
              .filter(what -> !Json.sameOrigin(what, actor))
              .map(what -> new IncomingActivity.TakeDown(id, actor, what));
      case "Lock" -> named.map(what -> new IncomingActivity.Lock(id, actor, what, true));
      case "Block" -> named.flatMap(who -> ban(community, id, actor, activity, who, true));
      case "Undo" -> undone(community, id, actor, object);
      // A moderator's edit of the community itself.
      case "Update" ->
          named
              .filter(community::equals)
              .map(itself -> new IncomingActivity.UpdateActor(id, itself));
      default -> Optional.empty();
    };
  }

  /** Of that community alone; Lemmy puts people out of whole servers with the same word. */
  private static Optional<IncomingActivity> ban(
      URI community, URI id, URI actor, JsonNode block, URI who, boolean out) {
    return Json.ref(block, "target")
        .filter(community::equals)
        .map(here ->
            new IncomingActivity.Ban(
                id, actor, who, out, block.path("removeData").asBoolean(false)));
  }

  private static Optional<IncomingActivity> undone(
      URI community, URI id, URI actor, JsonNode object) {
    return Json.isType(object, "Block")
        ? Json.ref(object, "object").flatMap(who -> ban(community, id, actor, object, who, false))
        : DecisionReader.undone(id, actor, object);
  }
}
