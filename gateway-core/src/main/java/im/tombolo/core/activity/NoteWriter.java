package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.util.Map;
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

  // What Mastodon takes; the text needs the rest of the room.
  private static final int MAX_ATTACHMENTS = 16;
  private static final int MAX_DESCRIPTION = 1_500;
  private static final int PREVIEW = 500;

  private static final Map<String, String> TYPES =
      Map.of("image", "Image", "video", "Video", "audio", "Audio");

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
        .putObject("alsoKnownAs")
        .put("@id", "as:alsoKnownAs")
        .put("@type", "@id");
    ((ObjectNode) context.get(2))
        .putObject("assertionMethod")
        .put("@id", "https://w3id.org/security#assertionMethod")
        .put("@type", "@id")
        .put("@container", "@set");
  }

  ObjectNode object(LocalPost post) {
    Content content = post.content();
    String id = urls.post(post.account(), post.key()).toString();
    ObjectNode out = Json.object();
    out.put("id", id);
    out.put("type", content.title().isPresent() ? "Article" : "Note");
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
    attachments(content, out.putArray("attachment"));
    ArrayNode tags = out.putArray("tag");
    for (String tag : content.tags()) {
      String name = tag.replaceAll("\\s+", "");
      tags.addObject()
          .put("type", "Hashtag")
          .put("name", "#" + name)
          .put("href", urls.actor(post.account()).toString());
    }
    for (Mention mention : content.mentions()) {
      tags.addObject()
          .put("type", "Mention")
          .put("name", mention.name())
          .put("href", mention.target().toString());
    }
    if (content.title().isPresent() && !content.body().isEmpty()) {
      preview(post, out);
    }
    text(post, out);
    return out;
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
    Optional<String> language = post.content().language();
    int room = MAX_BYTES - Json.bytes(out);
    String html = html(post, out.path("url").asString(), language.isPresent() ? room / 2 : room);
    out.put("content", html);
    language.ifPresent(tag -> out.putObject("contentMap").put(tag, html));
  }

  private static String html(LocalPost post, String whole, int room) {
    String body = post.content().body().html();
    String links =
        post.content().links().stream()
            .map(link -> link.href().toString())
            .filter(href -> !body.contains(href.replace("&", "&amp;")))
            .collect(Collectors.joining("\n"));
    String html = body + Html.ofPlainText(links).html();
    String plain = html.length() > room / 4 ? post.content().body().toPlainText() : "";
    int kept = Math.min(plain.length(), room);
    while (Json.bytes(StringNode.valueOf(html)) > room && kept > 0) {
      kept = kept * 3 / 4;
      html = Html.ofPlainText(plain.substring(0, kept) + "…\n\n" + whole).html();
    }
    return html;
  }

  private static void attachments(Content content, ArrayNode out) {
    for (Attachment attachment : content.attachments().stream().limit(MAX_ATTACHMENTS).toList()) {
      ObjectNode file = out.addObject();
      String kind = attachment.mediaType().map(type -> type.split("/", 2)[0]).orElse("");
      file.put("type", TYPES.getOrDefault(kind, "Document"));
      attachment.mediaType().ifPresent(type -> file.put("mediaType", type));
      file.put("url", attachment.href().toString());
      attachment
          .description()
          .ifPresent(text -> file.put("name", Excerpt.of(text, MAX_DESCRIPTION)));
    }
  }
}
