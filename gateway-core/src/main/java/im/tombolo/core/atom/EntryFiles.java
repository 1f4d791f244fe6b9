package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.FILE_METADATA;
import static im.tombolo.core.xml.Namespaces.SFS;
import static im.tombolo.core.xml.Namespaces.URL_DATA;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Attachment.Details;
import im.tombolo.core.model.Attachment.Size;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of an entry or message: Atom enclosures, which everybody reads, and beside them
 * XEP-0447, which says more; XEP-0066 and XEP-0385 are read as well. What is told of one address
 * several times is one file.
 */
final class EntryFiles {
  private static final int MAX_FILES = 50;
  private static final int MAX_MIRRORS = 5;
  private static final int MAX_PIXELS = 100_000;
  private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final String BLURHASH = "data:image/blurhash,";

  private EntryFiles() {}

  static List<Attachment> read(Element entry) {
    Map<URI, Attachment> files = new LinkedHashMap<>();
    enclosures(entry, files);
    oob(entry, files);
    shared(entry, files);
    sims(entry, files);
    return List.copyOf(files.values());
  }

  private static void add(Attachment file, Map<URI, Attachment> files) {
    if (files.size() < MAX_FILES || files.containsKey(file.href())) {
      files.merge(file.href(), file, EntryFiles::merged);
    }
  }

  private static Attachment merged(Attachment one, Attachment other) {
    Details a = one.details();
    Details b = other.details();
    return new Attachment(
        one.href(),
        one.mediaType().or(other::mediaType),
        one.description().or(other::description),
        new Details(
            a.bytes().or(b::bytes),
            a.size().or(b::size),
            a.duration().or(b::duration),
            a.blurhash().or(b::blurhash),
            a.focus().or(b::focus)),
        one.mirrors().isEmpty() ? other.mirrors() : one.mirrors());
  }

  private static void enclosures(Element entry, Map<URI, Attachment> files) {
    for (Element link : entry.children("link", ATOM)) {
      if (link.attributeOr("rel", "").equals("enclosure")) {
        Details details = bytes(link.attribute("length"));
        Uris.web(link.attributeOr("href", ""))
            .map(href -> file(href, link.attribute("type"), link.attribute("title"), details))
            .ifPresent(file -> add(file, files));
      }
    }
  }

  private static void oob(Element entry, Map<URI, Attachment> files) {
    for (Element x : entry.children("x", Namespaces.OOB)) {
      Optional<String> description = text(x, "desc", Namespaces.OOB);
      text(x, "url", Namespaces.OOB)
          .flatMap(Uris::web)
          .map(href -> file(href, Optional.empty(), description, Details.UNKNOWN))
          .ifPresent(file -> add(file, files));
    }
  }

  private static Attachment file(
      URI href, Optional<String> type, Optional<String> description, Details details) {
    return new Attachment(
        href,
        type.map(String::strip).filter(t -> MEDIA_TYPE.matcher(t).matches()),
        description.filter(t -> !t.isBlank()),
        details,
        List.of());
  }

  private static Details bytes(Optional<String> length) {
    return length.isEmpty()
        ? Details.UNKNOWN
        : new Details(
            number(length, Long.MAX_VALUE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  private static void shared(Element entry, Map<URI, Attachment> files) {
    for (Element sharing : entry.children("file-sharing", SFS)) {
      List<URI> sources =
          sharing.children("sources", SFS).stream()
              .flatMap(all -> all.children("url-data", URL_DATA).stream())
              .flatMap(source -> Uris.web(source.attributeOr("target", "")).stream())
              .distinct()
              .limit(MAX_MIRRORS + 1L)
              .toList();
      if (!sources.isEmpty()) {
        add(described(sharing.child("file", FILE_METADATA), sources), files);
      }
    }
  }

  private static Attachment described(Optional<Element> metadata, List<URI> sources) {
    Element file = metadata.orElseGet(() -> Element.of("file", FILE_METADATA).build());
    Attachment plain =
        file(
            sources.getFirst(),
            text(file, "media-type", FILE_METADATA),
            text(file, "desc", FILE_METADATA),
            details(file));
    return new Attachment(
        plain.href(),
        plain.mediaType(),
        plain.description(),
        plain.details(),
        sources.subList(1, sources.size()));
  }

  private static Details details(Element file) {
    Optional<Long> width = number(text(file, "width", FILE_METADATA), MAX_PIXELS);
    Optional<Long> height = number(text(file, "height", FILE_METADATA), MAX_PIXELS);
    return new Details(
        number(text(file, "size", FILE_METADATA), Long.MAX_VALUE),
        width.flatMap(w -> height.map(h -> new Size(w.intValue(), h.intValue()))),
        number(text(file, "length", FILE_METADATA), Integer.MAX_VALUE).map(Duration::ofMillis),
        file.children("thumbnail", Namespaces.THUMBS).stream()
            .map(thumbnail -> thumbnail.attributeOr("uri", ""))
            .filter(uri -> uri.startsWith(BLURHASH))
            .map(uri ->
                URLDecoder.decode(
                    uri.substring(BLURHASH.length()).replace("+", "%2B"), StandardCharsets.UTF_8))
            .findFirst(),
        Optional.empty());
  }

  /** As Movim writes them. */
  private static void sims(Element entry, Map<URI, Attachment> files) {
    List<Element> found = new ArrayList<>(entry.children("media-sharing", Namespaces.SIMS));
    for (Element data : entry.children("reference", Namespaces.REFERENCE)) {
      found.addAll(data.children("media-sharing", Namespaces.SIMS));
    }
    for (Element sharing : found) {
      Optional<Element> file = sharing.child("file", Namespaces.JINGLE_FILE);
      sharing.children("sources", Namespaces.SIMS).stream()
          .flatMap(sources -> sources.elements().stream())
          .flatMap(source -> Uris.web(source.attributeOr("uri", "")).stream())
          .findFirst()
          .map(href ->
              file(
                  href,
                  file.flatMap(f -> text(f, "media-type", Namespaces.JINGLE_FILE)),
                  file.flatMap(f -> text(f, "desc", Namespaces.JINGLE_FILE)),
                  bytes(file.flatMap(f -> text(f, "size", Namespaces.JINGLE_FILE)))))
          .ifPresent(known -> add(known, files));
    }
  }

  private static Optional<String> text(Element parent, String name, String namespace) {
    return parent
        .child(name, namespace)
        .map(child -> child.text().strip())
        .filter(text -> !text.isEmpty());
  }

  private static Optional<Long> number(Optional<String> text, long max) {
    return text.filter(digits -> NUMBER.matcher(digits).matches())
        .map(Long::valueOf)
        .filter(number -> number > 0 && number <= max);
  }

  static List<Element> write(Attachment file) {
    List<Element> out = new ArrayList<>();
    Details details = file.details();
    out.add(
        Element.of("link", ATOM)
            .attribute("rel", "enclosure")
            .attribute("href", file.href().toString())
            .attribute("type", file.mediaType())
            .attribute("title", file.description())
            .attribute("length", details.bytes().map(String::valueOf))
            .build());
    boolean saysMore =
        details.size().isPresent()
            || details.duration().isPresent()
            || details.blurhash().isPresent()
            || !file.mirrors().isEmpty();
    if (saysMore) {
      out.add(sharing(file));
    }
    return out;
  }

  private static Element source(URI file) {
    return Element.of("url-data", URL_DATA).attribute("target", file.toString()).build();
  }

  /** XEP-0447. */
  static Element sharing(Attachment file) {
    Element.Builder metadata = Element.of("file", FILE_METADATA);
    file.mediaType().ifPresent(type -> metadata.child("media-type", type));
    Details details = file.details();
    details.bytes().ifPresent(bytes -> metadata.child("size", String.valueOf(bytes)));
    details
        .size()
        .ifPresent(size ->
            metadata
                .child("width", String.valueOf(size.width()))
                .child("height", String.valueOf(size.height())));
    details.duration().ifPresent(time -> metadata.child("length", String.valueOf(time.toMillis())));
    file.description().ifPresent(text -> metadata.child("desc", text));
    details
        .blurhash()
        .ifPresent(hash ->
            metadata.child(
                Element.of("thumbnail", Namespaces.THUMBS)
                    .attribute("uri", BLURHASH + URLEncoder.encode(hash, StandardCharsets.UTF_8))
                    .attribute("media-type", "image/blurhash")
                    .build()));
    Element.Builder sources = Element.of("sources", SFS);
    sources.child(source(file.href()));
    for (URI mirror : file.mirrors()) {
      sources.child(source(mirror));
    }
    return Element.of("file-sharing", SFS)
        .attribute("disposition", "inline")
        .child(metadata.build())
        .child(sources.build())
        .build();
  }
}
