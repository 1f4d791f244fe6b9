package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Reading;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import im.tombolo.core.text.Tags;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads blog entries (XEP-0277, XEP-0472). An entry without content is its title (both XEPs, and
 * what Movim and Libervia write); with content, the title is a title, unless it only repeats how
 * the content begins.
 */
public final class EntryReader {
  private static final int MAX_LINKS = 50;
  private static final int MAX_TITLE = 1_000;
  private static final String NSFW = "nsfw";
  private static final String WARNING = "cw:";
  private static final Set<String> ENCRYPTED = Set.of("encrypted", "openpgp");
  private static final Set<String> WEB = Set.of("http", "https");
  private static final Set<String> SAFE = Set.of("http", "https", "xmpp", "mailto");

  private EntryReader() {}

  /**
   * @param now for an entry without dates; dates in the future are taken for now as well
   */
  public static Reading<Entry> read(Element entry, Instant now) {
    if (!entry.is("entry", ATOM)) {
      return Reading.refused("not an Atom entry");
    }
    if (entry.elements().stream().anyMatch(child -> ENCRYPTED.contains(child.name()))) {
      // XEP-0477 and OMEMO leave an entry around it; its text is a notice for humans.
      return Reading.refused("an encrypted entry");
    }
    RichText title = text(entry, "title");
    RichText body = text(entry, "content");
    if (body.isEmpty()) {
      body = text(entry, "summary");
    }
    RichText said = body.isEmpty() ? title : body;
    List<String> tags = tags(entry, title, said);
    Content content =
        Content.builder(
                new Content.Words(
                    body.isEmpty() ? Optional.empty() : heading(title, body),
                    said,
                    language(entry)))
            .tags(tags)
            .links(links(entry))
            .attachments(attachments(entry))
            .warning(warning(entry, tags))
            .build();
    if (content.isEmpty()) {
      return Reading.refused("an empty entry");
    }
    return Reading.of(
        new Entry(
            content,
            dates(entry, now),
            page(entry),
            author(entry),
            comments(entry),
            answers(entry),
            via(entry)));
  }

  private static Optional<String> heading(RichText title, RichText body) {
    String line = Excerpt.of(title.toPlainText(), MAX_TITLE);
    String text = body.toPlainText().strip().replaceAll("\\s+", " ");
    String start = line.replaceFirst("\\s*(?:…|\\.{3})$", "");
    boolean repeats = text.equals(line) || (!start.equals(line) && text.startsWith(start));
    return line.isEmpty() || repeats ? Optional.empty() : Optional.of(line);
  }

  /** The richest of several forms: xhtml, html, text. */
  private static RichText text(Element entry, String name) {
    List<Element> forms = entry.children(name, ATOM);
    return Stream.of("xhtml", "html", "text")
        .flatMap(type -> forms.stream().filter(form -> type(form).equals(type)))
        .map(EntryReader::text)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse(RichText.EMPTY);
  }

  private static RichText text(Element form) {
    return switch (type(form)) {
      case "xhtml" -> form.child("div", Namespaces.XHTML).map(Html::ofXhtml).orElse(RichText.EMPTY);
      case "html" -> Html.clean(form.text(), Optional.empty());
      default -> Html.ofPlainText(form.text());
    };
  }

  /** RFC 4287 §4.1.3.1 allows media types; what is no text at all is left out. */
  private static String type(Element form) {
    String type = form.attributeOr("type", "text").strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/xhtml+xml" -> "xhtml";
      case "text/html" -> "html";
      default -> type.startsWith("text/") ? "text" : type;
    };
  }

  private static Optional<String> language(Element entry) {
    return Stream.concat(
            Stream.of("content", "title").flatMap(name -> entry.children(name, ATOM).stream()),
            Stream.of(entry))
        .flatMap(element -> element.lang().stream())
        .flatMap(tag -> Languages.normalise(tag).stream())
        .findFirst();
  }

  private static List<String> tags(Element entry, RichText title, RichText said) {
    return Stream.concat(
            terms(entry)
                .filter(term -> !isWarning(term))
                .flatMap(term -> Tags.normalise(term).stream()),
            Stream.of(title, said).flatMap(text -> Tags.fromText(text.toPlainText()).stream()))
        .distinct()
        .limit(Tags.MAX_PER_POST)
        .toList();
  }

  /** A {@code category} {@code cw:words} warns with these words, {@code nsfw} with itself. */
  private static Optional<String> warning(Element entry, List<String> tags) {
    return terms(entry)
        .filter(EntryReader::isWarning)
        .map(term -> Excerpt.of(term.substring(WARNING.length()), MAX_TITLE))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .or(() -> tags.stream().filter(NSFW::equalsIgnoreCase).findFirst());
  }

  private static boolean isWarning(String term) {
    return term.regionMatches(true, 0, WARNING, 0, WARNING.length());
  }

  private static Stream<String> terms(Element entry) {
    return entry.children("category", ATOM).stream()
        .flatMap(category -> category.attribute("term").stream())
        .map(String::strip);
  }

  private static List<Link> links(Element entry) {
    return rel(entry, "related")
        .flatMap(link ->
            uri(link, SAFE).stream()
                .map(href -> new Link(href, link.attribute("title").filter(t -> !t.isBlank()))))
        .limit(MAX_LINKS)
        .toList();
  }

  private static List<Attachment> attachments(Element entry) {
    return rel(entry, "enclosure")
        .flatMap(link ->
            uri(link, WEB).stream()
                .map(href ->
                    new Attachment(
                        href,
                        link.attribute("type").filter(t -> t.matches("[\\w.+-]+/[\\w.+-]+")),
                        link.attribute("title").filter(t -> !t.isBlank()))))
        .limit(MAX_LINKS)
        .toList();
  }

  private static Optional<String> page(Element entry) {
    return rel(entry, "alternate")
        .filter(link -> link.attributeOr("type", "text/html").startsWith("text/html"))
        .flatMap(link -> uri(link, WEB).stream())
        .map(URI::toString)
        .findFirst();
  }

  private static Optional<Jid> author(Element entry) {
    return entry
        .child("author", ATOM)
        .flatMap(author -> author.child("uri", ATOM))
        .map(uri -> uri.text().strip())
        .filter(uri -> uri.startsWith("xmpp:"))
        .flatMap(uri -> Jid.parse(uri.substring("xmpp:".length())))
        .map(Jid::bare);
  }

  private static Optional<NodeAddress> comments(Element entry) {
    return rel(entry, "replies")
        .flatMap(link -> NodeAddress.parse(link.attributeOr("href", "")).stream())
        .findFirst();
  }

  /** One answer may name its target twice, by an address of each network (XEP-0472 §4.3). */
  private static List<Entry.Target> answers(Element entry) {
    return entry.children("in-reply-to", Namespaces.THREADING).stream()
        .limit(MAX_LINKS)
        .map(EntryReader::target)
        .toList();
  }

  private static Optional<Entry.Target> via(Element entry) {
    return rel(entry, "via").map(EntryReader::target).findFirst();
  }

  private static Entry.Target target(Element reference) {
    return new Entry.Target(
        reference.attributeOr("ref", "").strip(),
        ItemAddress.parse(reference.attributeOr("href", "")));
  }

  private static Stream<Element> rel(Element entry, String rel) {
    return entry.children("link", ATOM).stream()
        .filter(link -> link.attributeOr("rel", "alternate").equals(rel));
  }

  private static Optional<URI> uri(Element link, Set<String> schemes) {
    try {
      URI uri = new URI(link.attributeOr("href", "").strip());
      boolean web =
          uri.getScheme() != null && WEB.contains(uri.getScheme().toLowerCase(Locale.ROOT));
      return uri.getScheme() != null
              && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
              && (!web || uri.getHost() != null)
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Dates dates(Element entry, Instant now) {
    Optional<Instant> updated = time(entry, "updated", now);
    Instant published = time(entry, "published", now).or(() -> updated).orElse(now);
    return new Dates(published, updated.orElse(published));
  }

  private static Optional<Instant> time(Element entry, String name, Instant now) {
    return entry
        .child(name, ATOM)
        .flatMap(element -> {
          try {
            Instant at = OffsetDateTime.parse(element.text().strip()).toInstant();
            return Optional.of(at.isAfter(now) ? now : at).filter(t -> !t.isBefore(Instant.EPOCH));
          } catch (DateTimeException notATime) {
            return Optional.empty();
          }
        });
  }
}
