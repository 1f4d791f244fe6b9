package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes posts of served accounts: an Article where there is a title, else a Note. */
public final class NoteWriter {
  static final String CONTEXT = "https://www.w3.org/ns/activitystreams";

  /** Longer texts are shown by the page alone, since Misskey refuses deliveries over 64 KiB. */
  private static final int MAX_HTML = 24 * 1024;

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
        .put("toot", "http://joinmastodon.org/ns#")
        .put("discoverable", "toot:discoverable")
        .put("indexable", "toot:indexable")
        .put("webfinger", "https://purl.archive.org/socialweb/webfinger#webfinger");
    // Mastodon writes featured as a reference; a plain string there is read as text by strict
    // readers.
    ((ObjectNode) context.get(2))
        .putObject("featured")
        .put("@id", "toot:featured")
        .put("@type", "@id");
  }

  ObjectNode object(LocalPost post) {
    Content content = post.content();
    String id = urls.post(post.account(), post.key()).toString();
    ObjectNode out = Json.object();
    out.put("id", id);
    out.put("type", content.title().isPresent() ? "Article" : "Note");
    out.put("attributedTo", urls.actor(post.account()).toString());
    out.putArray("to").add(Json.PUBLIC);
    out.putArray("cc").add(urls.followers(post.account()).toString());
    content.title().ifPresent(title -> out.put("name", title));
    content.warning().ifPresent(warning -> out.put("summary", warning));
    out.put("sensitive", content.warning().isPresent());
    out.put("published", post.dates().published().toString());
    if (post.dates().edited()) {
      out.put("updated", post.dates().updated().toString());
    }
    out.put("url", post.page().orElse(id));
    String html = html(post, id);
    out.put("content", html);
    content.language().ifPresent(language -> out.putObject("contentMap").put(language, html));
    attachments(content, out.putArray("attachment"));
    ArrayNode tags = out.putArray("tag");
    for (String tag : content.tags()) {
      String name = tag.replaceAll("\\s+", "");
      tags.addObject()
          .put("type", "Hashtag")
          .put("name", "#" + name)
          .put("href", urls.actor(post.account()).toString());
    }
    return out;
  }

  private static String html(LocalPost post, String id) {
    String html = post.content().body().html();
    if (html.length() > MAX_HTML) {
      String start = post.content().body().toPlainText().substring(0, MAX_HTML / 4);
      html = Html.ofPlainText(start + "…\n\n" + post.page().orElse(id)).html();
    }
    String links =
        post.content().links().stream()
            .map(link -> link.href().toString())
            .filter(href -> !post.content().body().html().contains(href.replace("&", "&amp;")))
            .collect(Collectors.joining("\n"));
    return html + (links.isEmpty() ? RichText.EMPTY : Html.ofPlainText(links)).html();
  }

  private static void attachments(Content content, ArrayNode out) {
    for (Attachment attachment : content.attachments()) {
      ObjectNode file = out.addObject();
      String kind = attachment.mediaType().map(type -> type.split("/", 2)[0]).orElse("");
      file.put("type", TYPES.getOrDefault(kind, "Document"));
      attachment.mediaType().ifPresent(type -> file.put("mediaType", type));
      file.put("url", attachment.href().toString());
      attachment.description().ifPresent(text -> file.put("name", text));
    }
  }
}
