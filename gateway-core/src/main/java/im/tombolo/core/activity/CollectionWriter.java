package im.tombolo.core.activity;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes collections, their pages, and what is left of a deleted post. */
public final class CollectionWriter {
  private CollectionWriter() {}

  /**
   * @param first the first page; absent for an empty collection that has none
   */
  public static String collection(URI id, long total, Optional<URI> first) {
    ObjectNode out = start(id, "OrderedCollection");
    out.put("totalItems", total);
    first.ifPresentOrElse(
        page -> out.put("first", page.toString()), () -> out.putArray("orderedItems"));
    return Vocabulary.document(out);
  }

  /**
   * A collection that is short and shown whole: Lemmy reads no pages of these.
   *
   * @param items JSON objects, or ids where there is no more to show
   */
  public static String whole(URI id, List<String> items) {
    ObjectNode out = start(id, "OrderedCollection").put("totalItems", items.size());
    ArrayNode all = out.putArray("orderedItems");
    for (String item : items) {
      if (item.startsWith("{")) {
        all.add(((ObjectNode) Json.MAPPER.readTree(item)).without("@context"));
      } else {
        all.add(item);
      }
    }
    return Vocabulary.document(out);
  }

  /** How many there are, and not which. */
  public static String count(URI id, long total) {
    return Vocabulary.document(start(id, "Collection").put("totalItems", total));
  }

  public static String pageOfIds(URI id, URI partOf, List<URI> ids, Optional<URI> next) {
    ObjectNode out = page(id, partOf, next);
    ArrayNode items = out.putArray("orderedItems");
    ids.forEach(item -> items.add(item.toString()));
    return Vocabulary.document(out);
  }

  /**
   * @param documents JSON objects
   */
  public static String pageOfDocuments(
      URI id, URI partOf, List<String> documents, Optional<URI> next) {
    ObjectNode out = page(id, partOf, next);
    ArrayNode items = out.putArray("orderedItems");
    for (String document : documents) {
      ObjectNode item = (ObjectNode) Json.MAPPER.readTree(document);
      item.remove("@context");
      items.add(item);
    }
    return Vocabulary.document(out);
  }

  public static String tombstone(URI id, Instant deleted) {
    return Vocabulary.document(start(id, "Tombstone").put("deleted", deleted.toString()));
  }

  private static ObjectNode page(URI id, URI partOf, Optional<URI> next) {
    ObjectNode out = start(id, "OrderedCollectionPage");
    out.put("partOf", partOf.toString());
    next.ifPresent(page -> out.put("next", page.toString()));
    return out;
  }

  private static ObjectNode start(URI id, String type) {
    return Json.object().put("id", id.toString()).put("type", type);
  }
}
