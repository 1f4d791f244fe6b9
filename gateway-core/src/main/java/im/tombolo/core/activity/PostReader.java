package im.tombolo.core.activity;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import im.tombolo.core.text.Tags;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what fediverse accounts post: notes, articles and everything that has a text like them. */
public final class PostReader {
  private static final String[] TYPES = {
    "Note", "Article", "Page", "Question", "Event", "Video", "Audio", "Image", "Document"
  };
  private static final int MAX_ATTACHMENTS = 50;
  private static final int MAX_PEOPLE = 100;
  private static final int MAX_TITLE = 1_000;

  private PostReader() {}

  public static Reading<RemotePost> read(String json) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) -> read(object);
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  static boolean isPost(JsonNode object) {
    return Json.isType(object, TYPES);
  }

  static Reading<RemotePost> read(ObjectNode object) {
    if (!isPost(object)) {
      return Reading.refused("not a post");
    }
    Optional<URI> id = Json.id(object);
    Optional<URI> author = author(object, id);
    if (id.isEmpty() || author.isEmpty()) {
      return Reading.refused("a post without id or author");
    }
    if (!Json.sameOrigin(id.get(), author.get())) {
      return Reading.refused("a post of another server than its author's");
    }
    Content content = content(object, id.get());
    if (content.isEmpty()) {
      return Reading.refused("an empty post");
    }
    return Reading.of(
        new RemotePost(
            id.get(),
            author.get(),
            content,
            dates(object),
            page(object),
            audience(object, object),
            Json.ref(object, "inReplyTo")));
  }

  /** PeerTube lists a person and a group: the person comes first, as the one of the same server. */
  private static Optional<URI> author(ObjectNode object, Optional<URI> id) {
    List<URI> all =
        Stream.concat(Json.refs(object, "attributedTo"), Json.refs(object, "actor")).toList();
    return all.stream()
        .filter(author -> id.isPresent() && Json.sameOrigin(author, id.get()))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private static Content content(ObjectNode object, URI id) {
    boolean note = Json.isType(object, "Note", "Question");
    Optional<String> name =
        Json.text(object, "name").map(String::strip).filter(text -> !text.isEmpty());
    Optional<String> summary =
        Json.text(object, "summary")
            .map(text -> Html.clean(text, Optional.empty()).toPlainText())
            .map(text -> text.replace("\u200b", "").strip())
            .filter(text -> !text.isEmpty());
    return new Content(
        note ? Optional.empty() : name.map(PostReader::shortened),
        body(object, id, note ? name : Optional.empty()),
        language(object),
        tags(object),
        links(object),
        attachments(object),
        warning(object, summary, note));
  }

  private static Optional<String> warning(
      ObjectNode object, Optional<String> summary, boolean note) {
    boolean sensitive = object.path("sensitive").asBoolean(false);
    if (note || sensitive) {
      return summary.or(() -> sensitive ? Optional.of("Sensitive content") : Optional.empty());
    }
    return Optional.empty();
  }

  private static RichText body(ObjectNode object, URI id, Optional<String> nameOfNote) {
    Optional<String> html = Json.text(object, "content").or(() -> anyOf(object.path("contentMap")));
    if (html.isEmpty()) {
      return nameOfNote.map(Html::ofPlainText).orElse(RichText.EMPTY);
    }
    boolean plain = Json.text(object, "mediaType").filter(t -> t.equals("text/plain")).isPresent();
    return plain ? Html.ofPlainText(html.get()) : Html.clean(html.get(), Optional.of(id));
  }

  private static Optional<String> anyOf(JsonNode map) {
    return map.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).findFirst();
  }

  private static Optional<String> language(ObjectNode object) {
    JsonNode map = object.path("contentMap");
    Optional<String> content = Json.text(object, "content");
    Optional<String> equal =
        map.propertyStream()
            .filter(e -> e.getValue().isString())
            .filter(e -> content.isEmpty() || e.getValue().stringValue().equals(content.get()))
            .map(e -> e.getKey())
            .findFirst();
    return equal.flatMap(Languages::normalise);
  }

  private static List<String> tags(ObjectNode object) {
    return Json.objects(object, "tag")
        .filter(tag -> Json.isType(tag, "Hashtag"))
        .flatMap(tag -> Json.text(tag, "name").stream())
        .flatMap(name -> Tags.normalise(name).stream())
        .distinct()
        .limit(Tags.MAX_PER_POST)
        .toList();
  }

  private static List<Link> links(ObjectNode object) {
    return Json.objects(object, "attachment")
        .filter(attachment -> Json.isType(attachment, "Link"))
        .flatMap(
            link -> Json.link(link).stream().map(href -> new Link(href, Json.text(link, "name"))))
        .limit(MAX_ATTACHMENTS)
        .toList();
  }

  private static List<Attachment> attachments(ObjectNode object) {
    return Stream.concat(
            Json.objects(object, "attachment"),
            Json.isType(object, "Image", "Audio", "Video", "Document")
                ? Stream.of(object)
                : Json.objects(object, "image"))
        .filter(file -> Json.isType(file, "Document", "Image", "Video", "Audio"))
        .flatMap(PostReader::attachment)
        .distinct()
        .limit(MAX_ATTACHMENTS)
        .toList();
  }

  private static Stream<Attachment> attachment(ObjectNode file) {
    Optional<ObjectNode> nested =
        Json.objects(file, "url").filter(url -> Json.link(url).isPresent()).findFirst();
    Optional<String> type =
        Json.text(file, "mediaType").or(() -> nested.flatMap(url -> Json.text(url, "mediaType")));
    Optional<String> description =
        Json.text(file, "name")
            .or(() -> Json.text(file, "summary"))
            .filter(text -> !text.isBlank());
    return Json.link(file).stream().map(href -> new Attachment(href, type, description));
  }

  private static Dates dates(ObjectNode object) {
    Instant published = Json.time(object, "published").orElse(Instant.EPOCH);
    return new Dates(published, Json.time(object, "updated").orElse(published));
  }

  private static Optional<URI> page(ObjectNode object) {
    return Json.values(object, "url").stream()
        .filter(url ->
            url.isString()
                || Json.text(url, "mediaType").orElse("text/html").startsWith("text/html"))
        .flatMap(url -> Json.link(url).stream())
        .findFirst();
  }

  /**
   * Who may see a post: what its activity and itself say, the narrower of the two. A document
   * without any addressing was read by anybody's signature, so nobody is assumed: it is {@code
   * LIMITED}.
   */
  static Audience audience(ObjectNode activity, ObjectNode object) {
    Visibility outer = visibility(activity, object);
    Visibility inner = visibility(object, object);
    boolean outerSilent = silent(activity);
    boolean innerSilent = silent(object);
    Visibility visibility = outerSilent ? inner : innerSilent ? outer : outer.narrowest(inner);
    Set<URI> people =
        Stream.of("to", "cc")
            .flatMap(property -> Json.refs(object, property))
            .filter(uri -> !Json.isPublic(uri) && !isCollection(uri))
            .limit(MAX_PEOPLE)
            .collect(Collectors.toUnmodifiableSet());
    return new Audience(visibility, people);
  }

  private static boolean silent(ObjectNode node) {
    return Json.values(node, "to").isEmpty() && Json.values(node, "cc").isEmpty();
  }

  private static Visibility visibility(ObjectNode node, ObjectNode object) {
    if (Json.refs(node, "to").anyMatch(Json::isPublic)) {
      return Visibility.PUBLIC;
    }
    if (Json.refs(node, "cc").anyMatch(Json::isPublic)) {
      return Visibility.UNLISTED;
    }
    if (Stream.of("to", "cc").flatMap(p -> Json.refs(node, p)).anyMatch(PostReader::isCollection)) {
      return Visibility.FOLLOWERS;
    }
    Set<URI> mentioned =
        Json.objects(object, "tag")
            .filter(tag -> Json.isType(tag, "Mention"))
            .flatMap(tag -> Json.text(tag, "href").flatMap(Json::uri).stream())
            .collect(Collectors.toSet());
    Set<URI> addressed = Json.refs(node, "to").collect(Collectors.toSet());
    return !addressed.isEmpty() && mentioned.containsAll(addressed)
        ? Visibility.DIRECT
        : Visibility.LIMITED;
  }

  /**
   * Followers collections end so on every server that is known; the author's own is checked later.
   */
  private static boolean isCollection(URI uri) {
    String path = String.valueOf(uri.getPath());
    return path.endsWith("/followers") || path.endsWith("/followers/");
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(MAX_TITLE, name.length()));
  }
}
