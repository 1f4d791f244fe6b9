package im.tombolo.core;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.Entry;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a post says crosses and comes back as it was. Each network has words of its own that the
 * other lacks: docs/protocol-mapping.md lists them, and the generators leave them out there.
 */
class RoundTripProperties {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final ItemAddress ITEM = new ItemAddress(ROMEO, Namespaces.MICROBLOG, "i");
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));

  @Property(tries = 300)
  void whatTheFediverseReadsIsWhatWasSaid(@ForAll("onFediverse") Content content) {
    LocalPost post =
        new LocalPost(ROMEO, "k", ITEM, content, new Dates(NOW, NOW), Optional.empty());
    String json = new ActivityWriter(URLS).create(post).json();
    IncomingActivity read = ActivityReader.read(json).value().orElseThrow();
    assertThat(read)
        .isInstanceOfSatisfying(
            IncomingActivity.CreatePost.class,
            create -> assertThat(create.post().content()).isEqualTo(content));
  }

  @Property(tries = 300)
  void whatXmppReadsIsWhatWasSaid(@ForAll("onXmpp") Content content) {
    Posting posting =
        new Posting(
            ITEM,
            ROMEO,
            new Byline("Romeo", ROMEO),
            "https://a.example/1",
            content,
            new Dates(NOW, NOW),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    String xml = XmlWriter.write(EntryWriter.entry(posting));
    Element entry = XmlReader.strict().read(xml).value().orElseThrow();
    Entry read = EntryReader.read(entry, NOW).value().orElseThrow();
    assertThat(read.content()).isEqualTo(content);
  }

  private static Arbitrary<String> word() {
    return Arbitraries.of(
        "soft",
        "Zoë",
        "日本語",
        "שלום",
        "👩‍👩‍👧",
        "a<b",
        "\"quoted\"",
        "it's",
        "&amp;",
        "x=1&y=2",
        "—",
        "…");
  }

  private static Arbitrary<String> line(int max) {
    return word().list().ofMinSize(1).ofMaxSize(max).map(words -> String.join(" ", words));
  }

  private static Arbitrary<RichText> text() {
    return Arbitraries.oneOf(
            line(200).list().ofMinSize(1).ofMaxSize(4).map(lines -> String.join("\n\n", lines)),
            line(5).list().ofMinSize(1).ofMaxSize(3).map(lines -> String.join("\n", lines)))
        .map(Html::ofPlainText);
  }

  private static Arbitrary<URI> address() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofLength(6)
        .map(name -> URI.create("https://files.example/" + name + ".png?a=1&b=2"));
  }

  /** A title that does not repeat the text, and is none itself. */
  private static Arbitrary<String> title() {
    return line(6).map(line -> "Title " + line);
  }

  private static Arbitrary<Content.Words> words(boolean titled, Optional<String> language) {
    return Combinators.combine(title(), text())
        .as((title, body) ->
            new Content.Words(titled ? Optional.of(title) : Optional.empty(), body, language));
  }

  private static Arbitrary<Attachment> attachment(boolean focus) {
    Arbitrary<Attachment.Details> details =
        Combinators.combine(
                Arbitraries.longs().between(1, 1L << 40).optional(),
                Combinators.combine(
                        Arbitraries.integers().between(1, 9_000),
                        Arbitraries.integers().between(1, 9_000))
                    .as(Attachment.Size::new)
                    .optional(),
                Arbitraries.longs().between(1, 1L << 30).map(Duration::ofMillis).optional(),
                Arbitraries.just("LEHV6nWB2yk8pyo0adR*.7kCMdnj").optional())
            .as((bytes, size, duration, blurhash) ->
                new Attachment.Details(
                    bytes,
                    size,
                    duration,
                    blurhash,
                    focus ? Optional.of(new Attachment.Focus(0.25, -1)) : Optional.empty()));
    return Combinators.combine(
            address(), line(8).optional(), details, address().list().uniqueElements().ofMaxSize(2))
        .as((href, description, known, mirrors) ->
            new Attachment(
                href,
                Optional.of("image/png"),
                description,
                known,
                mirrors.stream().filter(mirror -> !mirror.equals(href)).toList()));
  }

  private static Arbitrary<Place> place() {
    return Combinators.combine(
            Arbitraries.of("Verona", "Mantua, Italy"),
            Arbitraries.integers().between(-90, 90),
            Arbitraries.integers().between(-180, 180))
        .as((name, latitude, longitude) ->
            new Place(
                Optional.of(name),
                Optional.of(new Place.Coordinates(latitude + 0.25, longitude - 0.5))))
        .filter(place ->
            place
                .coordinates()
                .filter(at -> Math.abs(at.latitude()) <= 90 && Math.abs(at.longitude()) <= 180)
                .isPresent());
  }

  private static Arbitrary<List<Content.Words>> translations(boolean titled) {
    return Combinators.combine(
            words(titled, Optional.of("de")).optional(),
            words(titled, Optional.of("fr")).optional())
        .as((german, french) ->
            List.of(german, french).stream().flatMap(Optional::stream).toList());
  }

  private static Arbitrary<Content> content(boolean titled, boolean focus) {
    Arbitrary<Content.Builder> base =
        Combinators.combine(
                words(titled, Optional.of("en")),
                translations(titled),
                Arbitraries.of("xmpp", "Fediverse", "été").list().uniqueElements().ofMaxSize(3),
                attachment(focus).list().uniqueElements(Attachment::href).ofMaxSize(3))
            .as((words, others, tags, files) ->
                Content.builder(words).translations(others).tags(tags).attachments(files));
    return Combinators.combine(
            base,
            Arbitraries.of(":cat:", ":blob_hug:")
                .list()
                .uniqueElements()
                .ofMaxSize(2)
                .map(names ->
                    names.stream()
                        .map(name -> new CustomEmoji(name, URI.create("https://e.example/1.png")))
                        .toList()),
            place().optional())
        .as((builder, emojis, place) -> builder.emojis(emojis).place(place).build());
  }

  @Provide
  Arbitrary<Content> onFediverse() {
    Arbitrary<Optional<URI>> quote =
        Arbitraries.just(URI.create("https://social.example/posts/1")).optional();
    Arbitrary<Optional<Poll>> poll =
        Combinators.combine(
                Arbitraries.of("Yes", "No", "Perhaps").list().uniqueElements().ofMinSize(2),
                Arbitraries.longs().between(0, 9_999),
                Arbitraries.of(true, false))
            .as((names, votes, multiple) ->
                new Poll(
                    names.stream().map(name -> new Poll.Option(name, votes)).toList(),
                    multiple,
                    Optional.of(NOW.plusSeconds(60)),
                    false,
                    Optional.of(votes)))
            .optional();
    Arbitrary<List<Mention>> mentions =
        Arbitraries.of("ada", "bob")
            .list()
            .uniqueElements()
            .map(names ->
                names.stream()
                    .map(name ->
                        new Mention(
                            URI.create("https://social.example/" + name),
                            "@" + name + "@social.example"))
                    .toList());
    return Arbitraries.of(true, false)
        .flatMap(titled ->
            Combinators.combine(
                    content(titled, true),
                    mentions,
                    quote,
                    titled ? Arbitraries.just(Optional.<Poll>empty()) : poll,
                    line(4).optional())
                .as((content, people, quoted, question, warning) ->
                    content.toBuilder()
                        .mentions(people)
                        .quote(quoted)
                        .poll(question)
                        .warning(warning)
                        .build()));
  }

  @Provide
  Arbitrary<Content> onXmpp() {
    Arbitrary<List<Mention>> mentions =
        Arbitraries.of("juliet@example.org", "tybalt@example.org")
            .list()
            .uniqueElements()
            .map(jids ->
                jids.stream().map(jid -> new Mention(URI.create("xmpp:" + jid), jid)).toList());
    Arbitrary<List<Link>> links =
        address()
            .list()
            .uniqueElements()
            .ofMaxSize(2)
            .map(hrefs -> hrefs.stream().map(href -> new Link(href, Optional.of("Look"))).toList());
    Arbitrary<Optional<URI>> quote =
        Arbitraries.just(URI.create(new ItemAddress(ROMEO, Namespaces.MICROBLOG, "q").uri()))
            .optional();
    return Arbitraries.of(true, false)
        .flatMap(titled ->
            Combinators.combine(
                    content(titled, false),
                    mentions,
                    links,
                    quote,
                    Arbitraries.of("CC0", "© Romeo").optional())
                .as((content, people, related, quoted, rights) ->
                    content.toBuilder()
                        .mentions(people)
                        .links(related)
                        .quote(quoted)
                        .rights(rights)
                        .build()));
  }
}
