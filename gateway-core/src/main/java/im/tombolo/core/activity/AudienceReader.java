package im.tombolo.core.activity;

import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Visibility;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Reads who may see a post. */
final class AudienceReader {
  private static final int MAX_PEOPLE = 100;
  private static final int MAX_COMMUNITIES = 10;

  private AudienceReader() {}

  /**
   * @param silent whether it says nothing of whom it is for
   */
  private record Named(boolean silent, List<URI> to, List<URI> cc) {
    static Named of(ObjectNode node) {
      boolean silent = Json.values(node, "to").isEmpty() && Json.values(node, "cc").isEmpty();
      return new Named(silent, Json.refs(node, "to"), Json.refs(node, "cc"));
    }
  }

  /**
   * What its activity and itself say, the narrower of the two. A document without any addressing
   * was read by anybody's signature, so nobody is assumed: it is {@code LIMITED}.
   */
  static Audience read(ObjectNode activity, ObjectNode object) {
    Named outer = Named.of(activity);
    Named inner = saysTheSame(activity, object) ? outer : Named.of(object);
    Set<URI> people = new LinkedHashSet<>();
    Set<URI> collections = new LinkedHashSet<>();
    for (List<URI> named : List.of(outer.to, outer.cc, inner.to, inner.cc)) {
      for (URI uri : named) {
        if (!Json.isPublic(uri) && people.size() + collections.size() < MAX_PEOPLE) {
          (isCollection(uri) ? collections : people).add(uri);
        }
      }
    }
    return new Audience(
        visibility(outer, inner, object), people, collections, communities(activity, object));
  }

  private static Set<URI> communities(ObjectNode activity, ObjectNode object) {
    if (!object.has("audience") && !activity.has("audience")) {
      return Set.of();
    }
    return Stream.of(object, activity)
        .flatMap(node -> Json.refs(node, "audience").stream())
        .filter(uri -> !Json.isPublic(uri) && !isCollection(uri))
        .limit(MAX_COMMUNITIES)
        .collect(Collectors.toSet());
  }

  /** Most activities repeat what their objects say. */
  private static boolean saysTheSame(ObjectNode activity, ObjectNode object) {
    return activity.path("to").equals(object.path("to"))
        && activity.path("cc").equals(object.path("cc"));
  }

  private static Visibility visibility(Named outer, Named inner, ObjectNode object) {
    if (outer.silent) {
      return visibility(inner, object);
    }
    Visibility said = visibility(outer, object);
    return inner.silent ? said : said.narrowest(visibility(inner, object));
  }

  private static Visibility visibility(Named addressing, ObjectNode object) {
    if (any(addressing.to, Json::isPublic)) {
      return Visibility.PUBLIC;
    }
    if (any(addressing.cc, Json::isPublic)) {
      return Visibility.UNLISTED;
    }
    if (any(addressing.to, AudienceReader::isCollection)
        || any(addressing.cc, AudienceReader::isCollection)) {
      return Visibility.FOLLOWERS;
    }
    Set<URI> mentioned = new HashSet<>();
    Json.objects(object, "tag").stream()
        .filter(tag -> Json.isType(tag, "Mention"))
        .forEach(tag -> PostTags.mentioned(tag).ifPresent(mentioned::add));
    return !addressing.to.isEmpty() && mentioned.containsAll(addressing.to)
        ? Visibility.DIRECT
        : Visibility.LIMITED;
  }

  private static boolean any(List<URI> named, Predicate<URI> kind) {
    for (URI uri : named) {
      if (kind.test(uri)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Followers collections are called so on every server that is known (Friendica and Hubzilla:
   * {@code /followers/name}); any other is not recognised, which narrows the audience.
   */
  private static boolean isCollection(URI uri) {
    String path = uri.getPath();
    return path.endsWith("/followers") || path.contains("/followers/");
  }
}
