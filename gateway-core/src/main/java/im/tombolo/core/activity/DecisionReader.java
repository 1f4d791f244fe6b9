package im.tombolo.core.activity;

import im.tombolo.core.model.IncomingActivity;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what moderators tell a community of posts that are not theirs (FEP-1b12 §Group moderation).
 * Whether they may is not known here.
 */
final class DecisionReader {
  private DecisionReader() {}

  static Optional<IncomingActivity> read(
      String type, URI id, URI actor, ObjectNode activity, JsonNode object) {
    Optional<URI> named = Json.id(object);
    return switch (type) {
      case "Delete" ->
          named
              .filter(what -> !Json.sameOrigin(what, actor) && isForSomebody(activity))
              .map(what -> new IncomingActivity.TakeDown(id, actor, what));
      case "Lock" -> named.map(what -> new IncomingActivity.Lock(id, actor, what, true));
      case "Add", "Remove" ->
          named.flatMap(what ->
              Json.ref(activity, "target")
                  .map(target ->
                      new IncomingActivity.Feature(id, actor, what, target, type.equals("Add"))));
      case "Undo" -> undone(id, actor, object);
      default -> Optional.empty();
    };
  }

  /** A community, for all that is known. */
  private static boolean isForSomebody(ObjectNode activity) {
    return Stream.of("audience", "to", "cc")
        .map(property -> Json.refs(activity, property))
        .flatMap(List::stream)
        .anyMatch(whom -> !whom.toString().equals(Json.PUBLIC));
  }

  static Optional<IncomingActivity> undone(URI id, URI actor, JsonNode object) {
    Optional<URI> what = Json.ref(object, "object");
    return switch (Json.type(object)) {
      case "Delete" -> what.map(post -> new IncomingActivity.Restore(id, actor, post));
      case "Lock" -> what.map(post -> new IncomingActivity.Lock(id, actor, post, false));
      default -> Optional.empty();
    };
  }
}
