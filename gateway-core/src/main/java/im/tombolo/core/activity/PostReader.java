package im.tombolo.core.activity;

import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what fediverse accounts post: notes, articles and everything that has a text like them. */
public final class PostReader {
  private static final String[] TYPES = {
    "Note", "Article", "Page", "Question", "Event", "Video", "Audio", "Image", "Document"
  };
  // Objects that somebody may make and nobody reads: of any other kind we show what it says.
  private static final String[] NOT_POSTS = {
    "Person",
    "Group",
    "Organization",
    "Service",
    "Application",
    "Tombstone",
    "Relationship",
    "Profile",
    "Place",
    "Link",
    "Mention",
    "Hashtag",
    "Emoji",
    "Collection",
    "OrderedCollection",
    "CollectionPage",
    "OrderedCollectionPage",
    "Key",
    "Multikey",
    "ChatMessage",
    "EncryptedMessage"
  };
  private static final Pattern ELEMENT =
      Pattern.compile("</?(?:p|br|span|a|div|b|i|em|strong)(?:\\s[^>]*)?/?>");

  private PostReader() {}

  public static Reading<RemotePost> read(String json) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode object) -> read(object);
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  /**
   * One of the usual kinds, or one that we do not know which is somebody's, is no activity and has
   * something to show.
   */
  static boolean isPost(JsonNode object) {
    return Json.isType(object, TYPES)
        || (!Json.type(object).isEmpty()
            && !Json.isType(object, NOT_POSTS)
            && object.has("attributedTo")
            && !object.has("actor")
            && !object.has("object")
            && Stream.of("content", "name", "url").anyMatch(object::has));
  }

  /** What is left of a deleted post. */
  public static boolean isTombstone(String json) {
    return Json.read(json).value().filter(object -> Json.isType(object, "Tombstone")).isPresent();
  }

  /** Pleroma, and Lemmy before 1.0. */
  static boolean isChatMessage(JsonNode object) {
    return Json.isType(object, "ChatMessage");
  }

  /** A post by itself. */
  static Reading<RemotePost> read(ObjectNode object) {
    return isPost(object)
        ? read(object, object, author(object, Json.id(object)))
        : Reading.refused("not a post");
  }

  /**
   * A post that an activity carries.
   *
   * @param actor who says so; the author when the post names it among others, or nobody
   */
  static Reading<RemotePost> read(ObjectNode object, ObjectNode activity, URI actor) {
    boolean isActors = isAuthor(actor, object);
    return read(object, activity, isActors ? Optional.of(actor) : author(object, Json.id(object)));
  }

  private static boolean isAuthor(URI actor, ObjectNode object) {
    if (object.path("attributedTo").asString("").equals(actor.toString())) {
      return true;
    }
    List<URI> authors = authors(object);
    return authors.isEmpty() || authors.contains(actor);
  }

  private static Reading<RemotePost> read(
      ObjectNode object, ObjectNode activity, Optional<URI> author) {
    Optional<URI> id = Json.id(object);
    if (id.isEmpty() || author.isEmpty()) {
      return Reading.refused("a post without id or author");
    }
    if (!Json.sameOrigin(id.get(), author.get())) {
      return Reading.refused("a post of another server than its author's");
    }
    Content content = content(object, id.get(), author);
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
            narrowed(object, AudienceReader.read(activity, object)),
            new Discussion(
                Json.ref(object, "inReplyTo"),
                Json.ref(object, "context").or(() -> Json.ref(object, "conversation")),
                Json.ref(object, "replies"))));
  }

  /** PeerTube lists a person and a group: the person comes first, as the one of the same server. */
  private static Optional<URI> author(ObjectNode object, Optional<URI> id) {
    List<URI> all = authors(object);
    return all.stream()
        .filter(author -> id.isPresent() && Json.sameOrigin(author, id.get()))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** Mobilizon names a group in attributedTo and the person in actor. */
  private static List<URI> authors(ObjectNode object) {
    List<URI> all = Json.refs(object, "attributedTo");
    all.addAll(Json.refs(object, "actor"));
    return all;
  }

  private static Content content(ObjectNode object, URI id, Optional<URI> author) {
    Optional<URI> quote = QuoteReader.read(object);
    PostWords words = new PostWords(object, id, quote.isPresent());
    Content.Words main = words.main();
    PostTags tags = PostTags.read(object);
    Content content =
        Content.builder(main)
            .translations(words.translations(main))
            .tags(tags.hashtags())
            .mentions(tags.mentions())
            .links(PostFiles.links(object))
            .attachments(PostFiles.attachments(object))
            .emojis(tags.emojis())
            .warning(warning(object, words.summary()))
            .quote(quote)
            .poll(PollReader.read(object))
            .place(PlaceReader.read(object))
            .build();
    if (Json.isType(object, "Event")) {
      content = new EventReader(object, author).in(content);
    }
    return content.isEmpty() ? quote.map(PostReader::onlyQuote).orElse(content) : content;
  }

  /** To quote without a word is to say something all the same. */
  private static Content onlyQuote(URI quoted) {
    return Content.of(Html.ofPlainText("RE: " + quoted)).toBuilder()
        .quote(Optional.of(quoted))
        .build();
  }

  /** HTML by the letter, plain text where people warn: only what has elements is taken for HTML. */
  private static String plain(String summary) {
    return ELEMENT.matcher(summary).find()
        ? Html.clean(summary, Optional.empty()).toPlainText()
        : summary;
  }

  /** The summary of anything longer than a note is an abstract, unless it is sensitive. */
  private static Optional<String> warning(ObjectNode object, Optional<String> summary) {
    boolean sensitive = object.path("sensitive").asBoolean(false);
    if (!sensitive && !Json.isType(object, "Note", "Question")) {
      return Optional.empty();
    }
    return summary
        .map(PostReader::plain)
        // Misskey's empty warning.
        .map(text -> text.replace("\u200b", "").strip())
        .filter(text -> !text.isEmpty())
        .or(() -> sensitive ? Optional.of("Sensitive content") : Optional.empty());
  }

  private static Dates dates(ObjectNode object) {
    Optional<Instant> updated = Json.time(object, "updated");
    Instant published = Json.time(object, "published").or(() -> updated).orElse(Instant.EPOCH);
    return new Dates(published, updated.orElse(published));
  }

  private static Optional<URI> page(ObjectNode object) {
    return Json.first(
        object,
        "url",
        url ->
            url.isString()
                    || Json.text(url, "mediaType").orElse("text/html").startsWith("text/html")
                ? Json.link(url)
                : Optional.empty());
  }

  /** A chat message is for named people, whomever else it addresses. */
  private static Audience narrowed(ObjectNode object, Audience audience) {
    return isChatMessage(object)
        ? audience.withVisibility(audience.visibility().narrowest(Visibility.LIMITED))
        : audience;
  }
}
