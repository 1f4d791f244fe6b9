package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes posts of served accounts: an Article where there is a title, else a Note. */
public final class NoteWriter {
  static final String CONTEXT = "https://www.w3.org/ns/activitystreams";

  /**
   * Room for an object, so that its activity stays below 48 KiB: Misskey refuses 64 KiB. A longer
   * text is cut and ends with the address of the whole.
   */
  static final int MAX_BYTES = 46 * 1024;

  private static final int PREVIEW = 500;
  private static final int MAX_LANGUAGES = 10;
  // Room for the title of a translation, in bytes.
  private static final int TITLES = 2_000;
  private static final List<String> QUOTES =
      List.of("quote", "quoteUri", "quoteUrl", "_misskey_quote");
  private static final String ACTIVITY =
      "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

  private final GatewayUrls urls;

  public NoteWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /** The document at the post's own URL. */
  public String write(LocalPost post) {
    ObjectNode out = Json.object();
    context(out);
    out.setAll(object(post));
    return out.toString();
  }

  static void context(ObjectNode out) {
    ArrayNode context = out.putArray("@context");
    context.add(CONTEXT);
    context.add("https://w3id.org/security/v1");
    context
        .addObject()
        .put("Hashtag", "as:Hashtag")
        .put("sensitive", "as:sensitive")
        .put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers")
        .put("schema", "http://schema.org#")
        .put("PropertyValue", "schema:PropertyValue")
        .put("value", "schema:value")
        .put("toot", "http://joinmastodon.org/ns#")
        .put("discoverable", "toot:discoverable")
        .put("indexable", "toot:indexable")
        .put("Emoji", "toot:Emoji")
        .put("blurhash", "toot:blurhash")
        .put("votersCount", "toot:votersCount")
        .put("misskey", "https://misskey-hub.net/ns#")
        .put("_misskey_quote", "misskey:_misskey_quote")
        .put("quoteUri", "http://fedibird.com/ns#quoteUri")
        .put("quoteUrl", "as:quoteUrl")
        .put("gts", "https://gotosocial.org/ns#")
        .put("Multikey", "https://w3id.org/security#Multikey")
        .put("controller", "https://w3id.org/security#controller")
        .put("publicKeyMultibase", "https://w3id.org/security#publicKeyMultibase")
        .put("webfinger", "https://purl.archive.org/socialweb/webfinger#webfinger");
    // Mastodon writes featured as a reference; a plain string there is read as text by strict
    // readers.
    ((ObjectNode) context.get(2))
        .putObject("featured")
        .put("@id", "toot:featured")
        .put("@type", "@id");
    ((ObjectNode) context.get(2))
        .putObject("focalPoint")
        .put("@id", "toot:focalPoint")
        .put("@container", "@list");
    reference(context, "quote", "https://w3id.org/fep/044f#quote");
    reference(context, "quoteAuthorization", "https://w3id.org/fep/044f#quoteAuthorization");
    reference(context, "interactionPolicy", "gts:interactionPolicy");
    reference(context, "canQuote", "gts:canQuote");
    reference(context, "automaticApproval", "gts:automaticApproval");
    ((ObjectNode) context.get(2))
        .putObject("alsoKnownAs")
        .put("@id", "as:alsoKnownAs")
        .put("@type", "@id");
    ((ObjectNode) context.get(2))
        .putObject("assertionMethod")
        .put("@id", "https://w3id.org/security#assertionMethod")
        .put("@type", "@id")
        .put("@container", "@set");
  }

  private static void reference(ArrayNode context, String term, String id) {
    ((ObjectNode) context.get(2)).putObject(term).put("@id", id).put("@type", "@id");
  }

  ObjectNode object(LocalPost post) {
    Content content = post.content();
    String id = urls.post(post.account(), post.key()).toString();
    ObjectNode out = Json.object();
    out.put("id", id);
    out.put("type", type(content));
    out.put("attributedTo", urls.actor(post.account()).toString());
    new Addressing(urls).write(post, out);
    discussion(post, out);
    content.title().ifPresent(title -> out.put("name", title));
    content.warning().ifPresent(warning -> out.put("summary", warning));
    out.put("sensitive", content.warning().isPresent());
    out.put("published", post.dates().published().toString());
    if (post.dates().edited()) {
      out.put("updated", post.dates().updated().toString());
    }
    out.put("url", post.page().orElse(id));
    MediaWriter.write(content.attachments(), out.putArray("attachment"));
    tags(post, out.putArray("tag"));
    content.poll().ifPresent(poll -> poll(poll, out));
    content.place().ifPresent(place -> place(place, out.putObject("location")));
    quote(post, out);
    if (content.title().isPresent() && !content.body().isEmpty()) {
      preview(post, out);
    }
    text(post, out);
    return out;
  }

  private static String type(Content content) {
    if (content.poll().isPresent()) {
      return "Question";
    }
    return content.title().isPresent() ? "Article" : "Note";
  }

  /** Mastodon reads {@code conversation}, others {@code context}: FEP-7888, FEP-f228. */
  private void discussion(LocalPost post, ObjectNode out) {
    post.discussion().parent().ifPresent(parent -> out.put("inReplyTo", parent.toString()));
    Optional<URI> context =
        post.isComment()
            ? post.discussion().context()
            : Optional.of(urls.context(post.account(), post.key()));
    context
        .map(URI::toString)
        .ifPresent(place -> out.put("context", place).put("conversation", place));
    if (post.audience().visibility().isOpen()) {
      out.put("replies", urls.replies(post.account(), post.key()).toString());
    }
  }

  private void tags(LocalPost post, ArrayNode tags) {
    for (String tag : post.content().tags()) {
      tags.addObject()
          .put("type", "Hashtag")
          .put("name", "#" + tag.replaceAll("\\s+", ""))
          .put("href", urls.actor(post.account()).toString());
    }
    for (Mention mention : post.content().mentions()) {
      tags.addObject()
          .put("type", "Mention")
          .put("name", mention.name())
          .put("href", mention.target().toString());
    }
    for (CustomEmoji emoji : post.content().emojis()) {
      tags.addObject()
          .put("type", "Emoji")
          .put("name", emoji.name())
          .putObject("icon")
          .put("type", "Image")
          .put("url", emoji.icon().toString());
    }
  }

  private static void poll(Poll poll, ObjectNode out) {
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
    poll.ends()
        .map(Instant::toString)
        .ifPresent(end -> {
          out.put("endTime", end);
          if (poll.closed()) {
            out.put("closed", end);
          }
        });
    poll.voters().ifPresent(voters -> out.put("votersCount", voters));
  }

  private static void place(Place place, ObjectNode out) {
    out.put("type", "Place");
    place.name().ifPresent(name -> out.put("name", name));
    place
        .coordinates()
        .ifPresent(at -> out.put("latitude", at.latitude()).put("longitude", at.longitude()));
  }

  /**
   * What it quotes, in every spelling that is read somewhere (FEP-044f, FEP-e232), and that it may
   * be quoted itself: Mastodon takes silence for a no.
   */
  private static void quote(LocalPost post, ObjectNode out) {
    if (post.audience().visibility().isOpen()) {
      out.putObject("interactionPolicy")
          .putObject("canQuote")
          .putArray("automaticApproval")
          .add(Json.PUBLIC);
    }
    post.content()
        .quote()
        .map(URI::toString)
        .filter(quoted -> quoted.startsWith("http"))
        .ifPresent(quoted -> {
          QUOTES.forEach(name -> out.put(name, quoted));
          post.quoteAuthorization()
              .ifPresent(stamp -> out.put("quoteAuthorization", stamp.toString()));
          ((ArrayNode) out.path("tag"))
              .addObject()
              .put("type", "Link")
              .put("mediaType", ACTIVITY)
              .put("rel", "https://misskey-hub.net/ns#_misskey_quote")
              .put("name", "RE: " + quoted)
              .put("href", quoted);
        });
  }

  /**
   * How an Article looks in a timeline of short posts (FEP-b2b8). Mastodon would take a {@code
   * summary} for a warning.
   */
  private static void preview(LocalPost post, ObjectNode out) {
    String text = Excerpt.of(post.content().body().toPlainText(), PREVIEW);
    out.putObject("preview")
        .put("type", "Note")
        .put("attributedTo", out.path("attributedTo").asString())
        .put("content", Html.ofPlainText(text).html())
        .put("published", out.path("published").asString());
  }

  private static void text(LocalPost post, ObjectNode out) {
    ArrayNode files = (ArrayNode) out.path("attachment");
    while (!files.isEmpty() && Json.bytes(out) > MAX_BYTES / 2) {
      files.remove(files.size() - 1);
    }
    Content content = post.content();
    List<Content.Words> others =
        content.translations().stream()
            .filter(words -> words.language().isPresent())
            .limit(MAX_LANGUAGES)
            .toList();
    boolean hasMap = content.language().isPresent() || !others.isEmpty();
    int copies = 1 + (content.language().isPresent() ? 1 : 0) + others.size();
    int room = (MAX_BYTES - Json.bytes(out) - TITLES * others.size()) / copies;
    String whole = out.path("url").asString();
    String html = html(content, content.words(), whole, room);
    out.put("content", html);
    if (!hasMap) {
      return;
    }
    ObjectNode map = out.putObject("contentMap");
    content.language().ifPresent(tag -> map.put(tag, html));
    others.forEach(
        words -> map.put(words.language().orElseThrow(), html(content, words, whole, room)));
    if (content.title().isPresent()) {
      names(content, others, out.putObject("nameMap"));
    }
  }

  private static void names(Content content, List<Content.Words> others, ObjectNode map) {
    content.language().ifPresent(tag -> map.put(tag, content.title().orElse("")));
    others.forEach(words ->
        words
            .title()
            .ifPresent(
                title -> map.put(words.language().orElseThrow(), Excerpt.of(title, TITLES / 4))));
  }

  /** The words, and after them what has no other place: links, rights, what is quoted. */
  private static String html(Content content, Content.Words words, String whole, int room) {
    String body = words.body().html();
    String links =
        content.links().stream()
            .map(link -> link.href().toString())
            .filter(href -> !body.contains(href.replace("&", "&amp;")))
            .collect(Collectors.joining("\n"));
    String after =
        Html.ofPlainText(links).html()
            + content.rights().map(rights -> Html.ofPlainText(rights).html()).orElse("")
            + content
                .quote()
                .map(URI::toString)
                .filter(quoted -> quoted.startsWith("http"))
                .map(quoted ->
                    Html.ofPlainText("RE: " + quoted)
                        .html()
                        .replaceFirst("<p>", "<p class=\"quote-inline\">"))
                .orElse("");
    String html = body + after;
    String plain = html.length() > room / 4 ? words.body().toPlainText() : "";
    int kept = Math.min(plain.length(), room);
    while (Json.bytes(StringNode.valueOf(html)) > room && kept > 0) {
      kept = kept * 3 / 4;
      html = Html.ofPlainText(Excerpt.cut(plain, kept) + "…\n\n" + whole).html() + after;
    }
    return html;
  }
}
