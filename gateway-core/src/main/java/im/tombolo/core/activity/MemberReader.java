package im.tombolo.core.activity;

import im.tombolo.core.model.Reading;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Reads collections of actors: who follows, who is followed. */
public final class MemberReader {
  private MemberReader() {}

  /**
   * A collection or one page of it.
   *
   * @param members actor ids
   * @param next where to read on
   */
  public record Page(List<URI> members, Optional<URI> next) {
    public Page {
      members = List.copyOf(members);
    }
  }

  public static Reading<Page> read(String json) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) -> page(object);
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  /** Whom a group names as those in charge, or the collections that do (FEP-1b12). */
  public static List<URI> attributedTo(String json) {
    return Json.read(json).value().stream()
        .flatMap(object -> Json.refs(object, "attributedTo").stream())
        .toList();
  }

  private static Reading<Page> page(ObjectNode object) {
    if (!Json.isType(
        object, "Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage")) {
      return Reading.refused("not a collection");
    }
    // A first page may be embedded.
    Optional<ObjectNode> embedded = Json.objects(object, "first").stream().findFirst();
    List<URI> members =
        Stream.concat(Stream.of(object), embedded.stream())
            .flatMap(page ->
                Stream.concat(
                    Json.refs(page, "orderedItems").stream(), Json.refs(page, "items").stream()))
            .toList();
    Optional<URI> next =
        embedded
            .map(page -> Json.ref(page, "next"))
            .orElseGet(() -> Json.ref(object, "first").or(() -> Json.ref(object, "next")));
    return Reading.of(new Page(members, next));
  }
}
