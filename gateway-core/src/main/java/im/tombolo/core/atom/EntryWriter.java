package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Writes posts of fediverse accounts as blog items. The form is what Movim and Libervia both read:
 * a short post is its title, a long one has an excerpt for a title (XEP-0277; Movim takes up to 700
 * characters as short).
 */
public final class EntryWriter {
  private static final int SHORT = 700;
  private static final int EXCERPT = 100;
  private static final String NSFW = "nsfw";

  private EntryWriter() {}

  /**
   * The whole {@code item}.
   *
   * @param virtual the JID that stands for the author; also {@code publisher}
   * @param namespace of pubsub or of its events, where the item will stand
   */
  public static Element item(
      Jid virtual, RemoteActor author, String itemId, RemotePost post, String namespace) {
    return Element.of("item", namespace)
        .attribute("id", itemId)
        .attribute("publisher", virtual.toString())
        .child(entry(virtual, author, itemId, post))
        .build();
  }

  private static Element entry(Jid virtual, RemoteActor author, String itemId, RemotePost post) {
    Content content = post.content();
    Element.Builder entry = Element.of("entry", ATOM).lang(content.language());
    entry.child("id", post.id().toString());
    String name =
        author.profile().name().isEmpty() ? author.handle().toString() : author.profile().name();
    entry.child(
        Element.of("author", ATOM).child("name", name).child("uri", "xmpp:" + virtual).build());
    texts(entry, content);
    entry.child("published", post.dates().published().truncatedTo(ChronoUnit.MILLIS).toString());
    entry.child("updated", post.dates().updated().truncatedTo(ChronoUnit.MILLIS).toString());
    content
        .tags()
        .forEach(tag -> entry.child(Element.of("category", ATOM).attribute("term", tag).build()));
    if (content.warning().isPresent() && content.tags().stream().noneMatch(NSFW::equals)) {
      entry.child(Element.of("category", ATOM).attribute("term", NSFW).build());
    }
    post.page()
        .ifPresent(page ->
            entry.child(link("alternate", page.toString()).attribute("type", "text/html").build()));
    entry.child(link("alternate", itemUri(virtual, Namespaces.MICROBLOG, itemId)).build());
    content.attachments().forEach(file -> entry.child(enclosure(file)));
    content.links().forEach(link -> entry.child(related(link)));
    post.inReplyTo()
        .ifPresent(parent ->
            entry.child(
                Element.of("in-reply-to", Namespaces.THREADING)
                    .attribute("ref", parent.toString())
                    .attribute("href", parent.toString())
                    .build()));
    return entry.build();
  }

  private static void texts(Element.Builder entry, Content content) {
    String plain = content.body().toPlainText();
    Optional<String> title =
        content
            .warning()
            .map(warning -> content.title().map(t -> warning + " — " + t).orElse(warning))
            .or(content::title);
    boolean brief = title.isEmpty() && plain.length() < SHORT;
    String heading =
        title.orElseGet(() -> plain.isEmpty() ? "…" : brief ? plain : Excerpt.of(plain, EXCERPT));
    if (brief && !content.body().isEmpty()) {
      entry.child(xhtml("title", content));
    }
    // Movim takes the last title.
    entry.child(Element.of("title", ATOM).attribute("type", "text").text(heading).build());
    if (!brief && !content.body().isEmpty()) {
      entry.child(xhtml("content", content));
      entry.child(Element.of("content", ATOM).attribute("type", "text").text(plain).build());
    }
  }

  private static Element xhtml(String name, Content content) {
    return Element.of(name, ATOM)
        .attribute("type", "xhtml")
        .child(InlineSpaces.kept(content.body().toXhtml()))
        .build();
  }

  private static Element enclosure(Attachment file) {
    return link("enclosure", file.href().toString())
        .attribute("type", file.mediaType())
        .attribute("title", file.description())
        .build();
  }

  private static Element related(Link related) {
    return link("related", related.href().toString()).attribute("title", related.title()).build();
  }

  private static Element.Builder link(String rel, String href) {
    return Element.of("link", ATOM).attribute("rel", rel).attribute("href", href);
  }

  /** The address of an item (XEP-0060 §12.22). */
  static String itemUri(Jid service, String node, String itemId) {
    String local = encode(service.local());
    return "xmpp:"
        + (local.isEmpty() ? "" : local + "@")
        + service.domain()
        + "?;node="
        + encode(node)
        + ";item="
        + encode(itemId);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
