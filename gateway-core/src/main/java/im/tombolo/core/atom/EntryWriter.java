package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

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
   * @param namespace of pubsub or of its events, where the item will stand
   */
  public static Element item(Posting posting, String namespace) {
    return Element.of("item", namespace)
        .attribute("id", posting.at().id())
        .attribute("publisher", posting.publisher().toString())
        .child(entry(posting))
        .build();
  }

  /** The payload alone, as it is published in a node of somebody else. */
  public static Element entry(Posting posting) {
    Content content = posting.content();
    Element.Builder entry = Element.of("entry", ATOM).lang(content.language());
    entry.child("id", posting.id());
    entry.child(
        Element.of("author", ATOM)
            .child("name", posting.author().name())
            .child("uri", "xmpp:" + posting.author().jid())
            .build());
    texts(entry, content);
    Dates dates = posting.dates();
    entry.child("published", dates.published().truncatedTo(ChronoUnit.MILLIS).toString());
    entry.child("updated", dates.updated().truncatedTo(ChronoUnit.MILLIS).toString());
    content
        .tags()
        .forEach(tag -> entry.child(Element.of("category", ATOM).attribute("term", tag).build()));
    if (content.warning().isPresent() && content.tags().stream().noneMatch(NSFW::equals)) {
      entry.child(Element.of("category", ATOM).attribute("term", NSFW).build());
    }
    places(entry, posting);
    content.attachments().forEach(file -> entry.child(enclosure(file)));
    content.links().forEach(link -> entry.child(related(link)));
    return entry.build();
  }

  /** What is left where an item cannot be taken away: nothing of its words. */
  public static Element withdrawn(ItemAddress item, Jid author, Instant at) {
    return Element.of("entry", ATOM)
        .child("id", item.uri())
        .child(
            Element.of("author", ATOM)
                .child("name", author.toString())
                .child("uri", "xmpp:" + author)
                .build())
        .child(Element.of("title", ATOM).attribute("type", "text").text("Deleted").build())
        .child("updated", at.truncatedTo(ChronoUnit.MILLIS).toString())
        .build();
  }

  /** Where it is, where its comments are, what it answers and repeats. */
  private static void places(Element.Builder entry, Posting posting) {
    posting
        .page()
        .ifPresent(page ->
            entry.child(link("alternate", page.toString()).attribute("type", "text/html").build()));
    entry.child(link("alternate", posting.at().uri()).build());
    posting
        .comments()
        .ifPresent(node ->
            // Movim finds the comments by this title.
            entry.child(link("replies", node.uri()).attribute("title", "comments").build()));
    posting.answers().forEach(answered -> inReplyTo(entry, answered));
    posting
        .via()
        .ifPresent(repeated ->
            entry.child(
                link("via", repeated.item().map(ItemAddress::uri).orElse(repeated.id()))
                    .attribute("ref", repeated.id())
                    .build()));
  }

  /** The item first: Movim takes the first one, and XEP-0472 wants it. */
  private static void inReplyTo(Element.Builder entry, Posting.Answered answered) {
    Stream.concat(answered.item().stream().map(ItemAddress::uri), Stream.of(answered.id()))
        .forEach(href ->
            entry.child(
                Element.of("in-reply-to", Namespaces.THREADING)
                    .attribute("ref", answered.id())
                    .attribute("href", href)
                    .build()));
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
}
