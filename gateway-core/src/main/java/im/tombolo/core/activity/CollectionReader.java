package im.tombolo.core.activity;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads collections and their pages. */
public final class CollectionReader {
  private CollectionReader() {}

  /**
   * A collection or one page of it.
   *
   * @param posts posts that are embedded in it, bare or in a Create of their author
   * @param refs ids of posts that it only names, bare or in a Create
   * @param passedOn posts in an Announce: what a community's outbox holds
   * @param first first page, when it is another document
   * @param next page after this one
   * @param total how many there are in all, as the collection says
   */
  public record Page(
      List<RemotePost> posts,
      List<URI> refs,
      List<PassedOn> passedOn,
      Optional<URI> first,
      Optional<URI> next,
      Optional<Long> total) {
    public Page {
      posts = List.copyOf(posts);
      refs = List.copyOf(refs);
      passedOn = List.copyOf(passedOn);
    }
  }

  /**
   * @param post as the collection tells it, which is hearsay from another server
   */
  public record PassedOn(URI id, Optional<RemotePost> post) {}

  public static Reading<Page> read(String json) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) -> page(object);
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  private static Reading<Page> page(ObjectNode object) {
    if (!Json.isType(
        object, "Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage")) {
      return Reading.refused("not a collection");
    }
    Optional<ObjectNode> embedded = Json.objects(object, "first").stream().findFirst();
    List<JsonNode> items =
        Stream.concat(Stream.of(object), embedded.stream())
            .flatMap(page ->
                Stream.concat(
                    Json.values(page, "orderedItems").stream(),
                    Json.values(page, "items").stream()))
            .toList();
    return Reading.of(
        new Page(
            items.stream().flatMap(item -> post(item).stream()).toList(),
            items.stream().flatMap(item -> ref(item).stream()).toList(),
            items.stream().flatMap(item -> passedOn(item).stream()).distinct().toList(),
            embedded.isPresent() ? Optional.empty() : Json.ref(object, "first"),
            Json.ref(object, "next").or(() -> embedded.flatMap(page -> Json.ref(page, "next"))),
            total(object)));
  }

  private static Optional<Long> total(ObjectNode object) {
    return Json.values(object, "totalItems").stream()
        .filter(JsonNode::isIntegralNumber)
        .filter(JsonNode::canConvertToLong)
        .map(JsonNode::longValue)
        .filter(total -> total >= 0)
        .findFirst();
  }

  private static Optional<RemotePost> post(JsonNode item) {
    if (!(item instanceof ObjectNode object)) {
      return Optional.empty();
    }
    if (PostReader.isPost(object)) {
      return PostReader.read(object).value();
    }
    if (!Json.isType(object, "Create")) {
      return Optional.empty();
    }
    return ActivityReader.read(object.toString())
        .value()
        .flatMap(activity ->
            activity instanceof IncomingActivity.CreatePost create
                ? Optional.of(create.post())
                : Optional.empty());
  }

  private static Optional<URI> ref(JsonNode item) {
    if (item.isString()) {
      return Json.id(item);
    }
    return Json.isType(item, "Create")
        ? Json.values(item, "object").stream()
            .filter(JsonNode::isString)
            .flatMap(id -> Json.id(id).stream())
            .findFirst()
        : Optional.empty();
  }

  /** Of an Announce of a post, or of the Create of one (FEP-1b12). */
  private static Optional<PassedOn> passedOn(JsonNode item) {
    if (!Json.isType(item, "Announce")) {
      return Optional.empty();
    }
    return Json.first(
        item,
        "object",
        object ->
            Json.isType(object, "Create")
                ? Json.ref(object, "object").map(id -> new PassedOn(id, post(object)))
                : Json.id(object)
                    .filter(id -> !object.has("object"))
                    .map(id -> new PassedOn(id, Optional.empty())));
  }
}
