package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes posts of fediverse accounts as blog items. The form is what Movim and Libervia both read:
 * a short post is its title, a long one has an excerpt for a title (XEP-0277; Movim takes up to 700
 * characters as short).
 */
public final class EntryWriter {
  /** Longest entry: servers cut the stream or drop stanzas of 256 KiB and more. */
  public static final int MAX_CHARS = 140_000;

  /** The title of a link to what is quoted. */
  static final String QUOTED = "Quoted";

  /** The title of a link to what is answered and has no place on XMPP. */
  private static final String ANSWERED = "In reply to";

  private static final int MIN_TEXT = 20_000;
  private static final int MAX_FILES = 20;
  private static final int MAX_DESCRIPTION = 1_500;
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

  /**
   * The payload alone, as it is published in a node of somebody else; at most {@link #MAX_CHARS}
   * long: then translations go first, and the text ends with its address.
   */
  public static Element entry(Posting posting) {
    Element whole = entry(posting, new TextWriter(posting).all());
    if (XmlWriter.length(whole) <= MAX_CHARS) {
      return whole;
    }
    Posting smaller = posting.with(within(posting.content()));
    Element rest = entry(smaller, List.of());
    int room = Math.max(MIN_TEXT, MAX_CHARS - XmlWriter.length(rest));
    return entry(smaller, new TextWriter(smaller).within(room));
  }

  /** Beside the text, what has no end on hostile servers. */
  private static Content within(Content content) {
    return content.toBuilder()
        .translations(List.of())
        .attachments(
            content.attachments().stream().limit(MAX_FILES).map(EntryWriter::within).toList())
        .links(content.links().stream().limit(MAX_FILES).toList())
        .build();
  }

  private static Attachment within(Attachment file) {
    return new Attachment(
        file.href(),
        file.mediaType(),
        file.description().map(text -> Excerpt.cut(text, MAX_DESCRIPTION)),
        file.details(),
        List.of());
  }

  private static Element entry(Posting posting, List<Element> words) {
    Content content = posting.content();
    Element.Builder entry = Element.of("entry", ATOM).lang(content.language());
    entry.child("id", posting.id());
    entry.child(
        Element.of("author", ATOM)
            .child("name", posting.author().name())
            .child("uri", "xmpp:" + posting.author().jid())
            .build());
    words.forEach(entry::child);
    Dates dates = posting.dates();
    entry.child("published", dates.published().truncatedTo(ChronoUnit.MILLIS).toString());
    entry.child("updated", dates.updated().truncatedTo(ChronoUnit.MILLIS).toString());
    content
        .tags()
        .forEach(tag -> entry.child(Element.of("category", ATOM).attribute("term", tag).build()));
    if (content.warning().isPresent() && !content.tags().contains(NSFW)) {
      entry.child(Element.of("category", ATOM).attribute("term", NSFW).build());
    }
    places(entry, posting);
    content.attachments().forEach(file -> EntryFiles.write(file).forEach(entry::child));
    content.links().forEach(link -> entry.child(related(link)));
    beside(entry, content);
    return entry.build();
  }

  /** What few clients know, and nobody minds. */
  private static void beside(Element.Builder entry, Content content) {
    content
        .quote()
        .ifPresent(quoted ->
            entry.child(link("related", quoted.toString()).attribute("title", QUOTED).build()));
    content
        .emojis()
        .forEach(emoji ->
            entry.child(
                link("related", emoji.icon().toString())
                    .attribute("title", emoji.name())
                    .attribute("type", "image/png")
                    .build()));
    for (Mention mention : content.mentions()) {
      String target = mention.target().toString();
      if (target.startsWith("xmpp:")) {
        entry.child(
            Element.of("reference", Namespaces.REFERENCE)
                .attribute("type", "mention")
                .attribute("uri", target)
                .build());
      }
    }
    content.place().ifPresent(place -> entry.child(geoloc(place)));
    content.event().stream()
        .flatMap(event -> event.venues().stream())
        .limit(1)
        .forEach(venue -> entry.child(EventLocations.geoloc(venue)));
    content.rights().ifPresent(rights -> entry.child("rights", rights));
  }

  /** XEP-0080. */
  private static Element geoloc(Place place) {
    Element.Builder geoloc = Element.of("geoloc", Namespaces.GEOLOC);
    place
        .coordinates()
        .ifPresent(at ->
            geoloc
                .child("lat", BigDecimal.valueOf(at.latitude()).toPlainString())
                .child("lon", BigDecimal.valueOf(at.longitude()).toPlainString()));
    place.name().ifPresent(name -> geoloc.child("text", name));
    return geoloc.build();
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

  /**
   * The item first: Movim takes the first one, and XEP-0472 wants it. Without one it is a plain
   * link: Movim would take parts of a web address for those of an item, and fails to store them.
   */
  private static void inReplyTo(Element.Builder entry, Posting.Answered answered) {
    if (answered.item().isEmpty()) {
      entry.child(link("related", answered.id()).attribute("title", ANSWERED).build());
      return;
    }
    Stream.of(answered.item().get().uri(), answered.id())
        .forEach(href ->
            entry.child(
                Element.of("in-reply-to", Namespaces.THREADING)
                    .attribute("ref", answered.id())
                    .attribute("href", href)
                    .build()));
  }

  private static Element related(Link related) {
    return link("related", related.href().toString()).attribute("title", related.title()).build();
  }

  private static Element.Builder link(String rel, String href) {
    return Element.of("link", ATOM).attribute("rel", rel).attribute("href", href);
  }
}
