package im.tombolo.core.activity;

import im.tombolo.core.address.Ids;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what arrives in an inbox. */
public final class ActivityReader {
  private ActivityReader() {}

  /**
   * The activity, with a post that it carries already checked to be its actor's, and of its actor's
   * server like all that it names as its own. Refused is what is no activity at all; a kind that we
   * do not know is {@link IncomingActivity.Other}.
   */
  public static Reading<IncomingActivity> read(String json) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode activity) -> read(activity);
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  private static Reading<IncomingActivity> read(ObjectNode activity) {
    Optional<URI> id = Json.id(activity);
    Optional<URI> actor = Json.ref(activity, "actor");
    String type = Json.type(activity);
    if (id.isEmpty() || actor.isEmpty() || type.isEmpty()) {
      return Reading.refused("an activity without id, actor or type");
    }
    if (type.equals("Undo")) {
      id = Optional.of(ownId(id.get(), actor.get()));
    }
    if (!Json.sameOrigin(id.get(), actor.get())) {
      return Reading.refused("an activity of another server than its actor's");
    }
    List<JsonNode> objects = Json.values(activity, "object");
    if (objects.size() != 1) {
      return Reading.of(new IncomingActivity.Other(id.get(), actor.get(), type));
    }
    return read(type, id.get(), actor.get(), activity, objects.getFirst());
  }

  /**
   * snac names an Undo after what it takes back, so with an id of the other side's server. Such an
   * id must not take the place of an activity that is really there.
   */
  private static URI ownId(URI id, URI actor) {
    return Json.sameOrigin(id, actor)
        ? id
        : actor.resolve("#undo-" + Ids.key("undo", actor.toString(), id.toString()));
  }

  private static Reading<IncomingActivity> read(
      String type, URI id, URI actor, ObjectNode activity, JsonNode object) {
    Optional<URI> named = Json.id(object);
    return switch (type) {
      case "Follow" -> named(named.map(whom -> new IncomingActivity.Follow(id, actor, whom)));
      case "Accept" -> answer(id, actor, object, named, true);
      case "Reject" -> answer(id, actor, object, named, false);
      case "Undo" -> undo(id, actor, object, named);
      case "Delete" -> delete(id, actor, named);
      case "Announce" -> announce(id, actor, activity, object, named);
      case "Create", "Update" -> post(type, id, actor, activity, object, named);
      default -> Reading.of(new IncomingActivity.Other(id, actor, type));
    };
  }

  /** Some servers echo the Follow with its actor and object, some only its id. */
  private static Reading<IncomingActivity> answer(
      URI id, URI actor, JsonNode object, Optional<URI> named, boolean yes) {
    if (!object.isString() && !Json.isType(object, "Follow")) {
      return Reading.of(new IncomingActivity.Other(id, actor, yes ? "Accept" : "Reject"));
    }
    return named(
        named.map(follow ->
            yes
                ? new IncomingActivity.Accept(id, actor, follow)
                : new IncomingActivity.Reject(id, actor, follow)));
  }

  /** Says nothing about whose post it is beyond the server: that is known where posts are kept. */
  private static Reading<IncomingActivity> delete(URI id, URI actor, Optional<URI> named) {
    return named.filter(what -> !Json.sameOrigin(what, actor)).isPresent()
        ? Reading.refused("a Delete of something on another server")
        : named(named.map(what -> new IncomingActivity.Delete(id, actor, what)));
  }

  private static Reading<IncomingActivity> undo(
      URI id, URI actor, JsonNode object, Optional<URI> named) {
    if (object.isString()) {
      return named(named.map(undone -> new IncomingActivity.UndoById(id, actor, undone)));
    }
    if (!Json.isType(object, "Follow", "Announce")) {
      return Reading.of(new IncomingActivity.Other(id, actor, "Undo"));
    }
    if (Json.ref(object, "actor").filter(other -> !other.equals(actor)).isPresent()) {
      return Reading.refused("an Undo of somebody else's activity");
    }
    Optional<URI> what = Json.ref(object, "object");
    return Json.isType(object, "Follow")
        ? named(
            what.map(whom -> new IncomingActivity.UndoFollow(id, actor, named.orElse(id), whom)))
        : named(
            what.map(post -> new IncomingActivity.UndoAnnounce(id, actor, named.orElse(id), post)));
  }

  /** What an embedded post says is hearsay; an embedded activity is a community's (FEP-1b12). */
  private static Reading<IncomingActivity> announce(
      URI id, URI actor, ObjectNode activity, JsonNode object, Optional<URI> named) {
    if (object instanceof ObjectNode node && node.has("actor") && node.has("object")) {
      return Reading.of(new IncomingActivity.Other(id, actor, "Announce"));
    }
    Instant at = Json.time(activity, "published").orElse(Instant.EPOCH);
    return named(
        named.map(post ->
            new IncomingActivity.Announce(
                id, actor, post, PostReader.audience(activity, activity), at)));
  }

  private static Reading<IncomingActivity> post(
      String type, URI id, URI actor, ObjectNode activity, JsonNode object, Optional<URI> named) {
    if (type.equals("Update") && named.filter(actor::equals).isPresent()) {
      return Reading.of(new IncomingActivity.UpdateActor(id, actor));
    }
    if (!(object instanceof ObjectNode node) || !PostReader.isPost(node)) {
      return Reading.of(new IncomingActivity.Other(id, actor, type));
    }
    return switch (PostReader.read(node, activity, actor)) {
      case Reading.Refused<RemotePost>(String reason) -> Reading.refused(reason);
      case Reading.Of<RemotePost>(RemotePost post) -> {
        if (!post.author().equals(actor)) {
          yield Reading.refused("a post of somebody else than the actor");
        }
        yield Reading.of(
            type.equals("Create")
                ? new IncomingActivity.CreatePost(id, actor, post)
                : new IncomingActivity.UpdatePost(id, actor, post));
      }
    };
  }

  private static Reading<IncomingActivity> named(Optional<? extends IncomingActivity> activity) {
    return activity
        .<Reading<IncomingActivity>>map(Reading::of)
        .orElseGet(() -> Reading.refused("an activity without object"));
  }
}
