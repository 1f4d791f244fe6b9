package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Reading;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Tags;
import im.tombolo.core.text.Timestamps;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.Node;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads blog entries (XEP-0277, XEP-0472), and events that stand beside them (XEP-0471). */
public final class EntryReader {
  private static final int MAX_LINKS = 50;
  private static final int MAX_TITLE = 1_000;
  private static final String NSFW = "nsfw";
  private static final String WARNING = "cw:";
  private static final Set<String> ENCRYPTED = Set.of("encrypted", "openpgp");
  private static final Pattern EMOJI = Pattern.compile(":[\\w+.-]{1,100}:");

  private EntryReader() {}

  /**
   * @param now for an entry without dates; dates in the future are taken for now as well
   */
  public static Reading<Entry> read(Element entry, Instant now) {
    if (CalendarEventReader.isEvent(entry)) {
      return CalendarEventReader.read(entry, now);
    }
    if (!entry.is("entry", ATOM)) {
      return Reading.refused("not an Atom entry");
    }
    if (isEncrypted(entry)) {
      // XEP-0477 and OMEMO leave an entry around it; its text is a notice for humans.
      return Reading.refused("an encrypted entry");
    }
    EntryWords words = new EntryWords(entry);
    Content.Words main = words.main();
    String plain = words.plain();
    List<String> terms = terms(entry);
    List<String> tags = tags(terms, words.title(), plain);
    List<Element> others = related(entry);
    List<Link> links = links(others);
    Content content =
        Content.builder(main)
            .translations(words.translations())
            .tags(tags)
            .mentions(EntryMentions.read(entry, main.body(), plain))
            .links(beside(links))
            .attachments(EntryFiles.read(entry))
            .emojis(emojis(others))
            .warning(warning(terms, tags))
            .quote(quote(links))
            .place(place(entry))
            .rights(text(entry, "rights"))
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

  private static boolean isEncrypted(Element entry) {
    for (Node node : entry.children()) {
      if (node instanceof Element child && ENCRYPTED.contains(child.name())) {
        return true;
      }
    }
    return false;
  }

  private static List<String> tags(List<String> terms, String title, String said) {
    List<String> tags = new ArrayList<>();
    for (String term : terms) {
      if (!isWarning(term)) {
        Tags.normalise(term).ifPresent(tag -> add(tag, tags));
      }
    }
    Tags.fromText(title).forEach(tag -> add(tag, tags));
    Tags.fromText(said).forEach(tag -> add(tag, tags));
    return tags;
  }

  private static void add(String tag, List<String> tags) {
    if (tags.size() < Tags.MAX_PER_POST && !tags.contains(tag)) {
      tags.add(tag);
    }
  }

  /** A {@code category} {@code cw:words} warns with these words, {@code nsfw} with itself. */
  private static Optional<String> warning(List<String> terms, List<String> tags) {
    for (String term : terms) {
      String words = isWarning(term) ? Excerpt.of(term.substring(WARNING.length()), MAX_TITLE) : "";
      if (!words.isEmpty()) {
        return Optional.of(words);
      }
    }
    for (String tag : tags) {
      if (tag.equalsIgnoreCase(NSFW)) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  private static boolean isWarning(String term) {
    return term.regionMatches(true, 0, WARNING, 0, WARNING.length());
  }

  private static List<String> terms(Element entry) {
    List<String> terms = new ArrayList<>();
    for (Element category : entry.children("category", ATOM)) {
      category.attribute("term").map(String::strip).ifPresent(terms::add);
    }
    return terms;
  }

  private static List<Element> related(Element entry) {
    List<Element> related = new ArrayList<>(entry.children("link", ATOM));
    related.removeIf(link -> !isRel(link, "related"));
    return related;
  }

  private static List<Link> links(List<Element> related) {
    List<Link> links = new ArrayList<>();
    for (Element link : related) {
      if (links.size() < MAX_LINKS) {
        Uris.safe(link.attributeOr("href", ""))
            .map(href -> new Link(href, link.attribute("title").filter(t -> !t.isBlank())))
            .ifPresent(links::add);
      }
    }
    return links;
  }

  private static List<Link> beside(List<Link> links) {
    List<Link> beside = new ArrayList<>(links);
    beside.removeIf(link -> isQuote(link) || isEmoji(link));
    return beside;
  }

  private static Optional<URI> quote(List<Link> links) {
    for (Link link : links) {
      if (isQuote(link)) {
        return Optional.of(link.href());
      }
    }
    return Optional.empty();
  }

  /** An item somewhere is what the entry speaks about (XEP-0277 knows no quotes). */
  private static boolean isQuote(Link link) {
    return ItemAddress.parse(link.href().toString()).isPresent()
        || link.title().filter(EntryWriter.QUOTED::equals).isPresent();
  }

  private static boolean isEmoji(Link link) {
    return link.title().filter(title -> EMOJI.matcher(title).matches()).isPresent();
  }

  private static List<CustomEmoji> emojis(List<Element> related) {
    List<CustomEmoji> emojis = new ArrayList<>();
    for (Element link : related) {
      String name = link.attributeOr("title", "");
      if (emojis.size() < MAX_LINKS
          && link.attributeOr("type", "").startsWith("image/")
          && EMOJI.matcher(name).matches()) {
        Uris.web(link.attributeOr("href", ""))
            .map(icon -> new CustomEmoji(name, icon))
            .ifPresent(emojis::add);
      }
    }
    return emojis;
  }

  private static Optional<String> text(Element entry, String name) {
    return entry
        .child(name, ATOM)
        .map(element -> element.text().strip())
        .filter(text -> !text.isEmpty())
        .map(text -> Excerpt.of(text, MAX_TITLE));
  }

  /** XEP-0080. */
  private static Optional<Place> place(Element entry) {
    return entry
        .child("geoloc", Namespaces.GEOLOC)
        .map(geoloc -> new Place(placeName(geoloc), coordinates(geoloc)))
        .filter(place -> place.name().isPresent() || place.coordinates().isPresent());
  }

  private static Optional<String> placeName(Element geoloc) {
    String parts =
        Stream.of("text", "description", "building", "street", "locality", "region", "country")
            .flatMap(name -> geoloc.child(name, Namespaces.GEOLOC).stream())
            .map(part -> part.text().strip())
            .filter(part -> !part.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return Optional.of(Excerpt.of(parts, MAX_TITLE)).filter(name -> !name.isEmpty());
  }

  static Optional<Place.Coordinates> coordinates(Element geoloc) {
    Optional<Double> latitude = degrees(geoloc, "lat", 90);
    Optional<Double> longitude = degrees(geoloc, "lon", 180);
    return latitude.flatMap(lat -> longitude.map(lon -> new Place.Coordinates(lat, lon)));
  }

  private static Optional<Double> degrees(Element geoloc, String name, int max) {
    return geoloc
        .child(name, Namespaces.GEOLOC)
        .map(element -> element.text().strip())
        .filter(text -> text.matches("-?[0-9]{1,3}(?:\\.[0-9]{1,17})?"))
        .map(Double::valueOf)
        .filter(degrees -> Math.abs(degrees) <= max);
  }

  private static Optional<String> page(Element entry) {
    return first(
        entry,
        "alternate",
        link ->
            link.attributeOr("type", "text/html").startsWith("text/html")
                ? Uris.web(link.attributeOr("href", "")).map(URI::toString)
                : Optional.empty());
  }

  /** What the first link says that says something. */
  private static <T> Optional<T> first(
      Element entry, String rel, Function<Element, Optional<T>> reading) {
    for (Element link : entry.children("link", ATOM)) {
      Optional<T> read = isRel(link, rel) ? reading.apply(link) : Optional.empty();
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
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
    return first(entry, "replies", link -> NodeAddress.parse(link.attributeOr("href", "")));
  }

  /** One answer may name its target twice, by an address of each network (XEP-0472 §4.3). */
  private static List<Entry.Target> answers(Element entry) {
    List<Entry.Target> targets = new ArrayList<>();
    for (Element answered : entry.children("in-reply-to", Namespaces.THREADING)) {
      if (targets.size() < MAX_LINKS) {
        targets.add(target(answered));
      }
    }
    return targets;
  }

  private static Optional<Entry.Target> via(Element entry) {
    return first(entry, "via", link -> Optional.of(target(link)));
  }

  private static Entry.Target target(Element reference) {
    return new Entry.Target(
        reference.attributeOr("ref", "").strip(),
        ItemAddress.parse(reference.attributeOr("href", "")));
  }

  private static boolean isRel(Element link, String rel) {
    return link.attributeOr("rel", "alternate").equals(rel);
  }

  private static Dates dates(Element entry, Instant now) {
    Optional<Instant> updated = time(entry, "updated", now);
    Instant published = time(entry, "published", now).or(() -> updated).orElse(now);
    return new Dates(published, updated.orElse(published));
  }

  private static Optional<Instant> time(Element entry, String name, Instant now) {
    return entry
        .child(name, ATOM)
        .flatMap(element -> Timestamps.parse(element.text()))
        .map(at -> at.isAfter(now) ? now : at)
        .filter(at -> !at.isBefore(Instant.EPOCH));
  }
}
