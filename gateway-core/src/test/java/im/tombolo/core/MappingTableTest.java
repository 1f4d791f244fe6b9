package im.tombolo.core;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Attachment.Details;
import im.tombolo.core.model.CalendarEvent;
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
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in the documentation says what the code does with each part of a post. */
class MappingTableTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final ItemAddress ITEM = new ItemAddress(ROMEO, Namespaces.MICROBLOG, "i");
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final URI FILE = URI.create("https://files.example/1.png");

  private static final Map<String, Content> EXAMPLES = examples();

  private static Content words(Optional<String> title, Optional<String> language) {
    return Content.builder(new Content.Words(title, Html.ofPlainText("Hello"), language)).build();
  }

  private static Content file(Details details, List<URI> mirrors) {
    return plain()
        .attachments(
            List.of(
                new Attachment(
                    FILE, Optional.of("image/png"), Optional.of("A cat"), details, mirrors)))
        .build();
  }

  private static Content.Builder plain() {
    return words(Optional.empty(), Optional.of("en")).toBuilder();
  }

  private static Map<String, Content> examples() {
    Map<String, Content> all = new LinkedHashMap<>();
    all.put("title", words(Optional.of("A title"), Optional.of("en")));
    all.put("body", words(Optional.empty(), Optional.empty()));
    all.put("language", words(Optional.empty(), Optional.of("en")));
    all.put(
        "translations",
        plain()
            .translations(
                List.of(
                    new Content.Words(
                        Optional.empty(), Html.ofPlainText("Hallo"), Optional.of("de"))))
            .build());
    all.put("tags", plain().tags(List.of("xmpp")).build());
    all.put(
        "mentions",
        plain()
            .mentions(List.of(new Mention(URI.create("xmpp:a@b.example"), "a@b.example")))
            .build());
    all.put("links", plain().links(List.of(new Link(FILE, Optional.of("Look")))).build());
    all.put("attachments", file(Details.UNKNOWN, List.of()));
    Details none = Details.UNKNOWN;
    all.put(
        "attachments.bytes",
        file(
            new Details(
                Optional.of(9L), none.size(), none.duration(), none.blurhash(), none.focus()),
            List.of()));
    all.put(
        "attachments.size",
        file(
            new Details(
                none.bytes(),
                Optional.of(new Attachment.Size(1, 2)),
                none.duration(),
                none.blurhash(),
                none.focus()),
            List.of()));
    all.put(
        "attachments.duration",
        file(
            new Details(
                none.bytes(),
                none.size(),
                Optional.of(Duration.ofSeconds(3)),
                none.blurhash(),
                none.focus()),
            List.of()));
    all.put(
        "attachments.blurhash",
        file(
            new Details(
                none.bytes(),
                none.size(),
                none.duration(),
                Optional.of("LEHV6nWB2yk8"),
                none.focus()),
            List.of()));
    all.put(
        "attachments.focus",
        file(
            new Details(
                none.bytes(),
                none.size(),
                none.duration(),
                none.blurhash(),
                Optional.of(new Attachment.Focus(0, 1))),
            List.of()));
    all.put("attachments.mirrors", file(none, List.of(URI.create("https://b.example/1.png"))));
    all.put("emojis", plain().emojis(List.of(new CustomEmoji(":a:", FILE))).build());
    all.put("warning", plain().warning(Optional.of("Spoiler")).build());
    all.put("quote", plain().quote(Optional.of(URI.create("https://b.example/1"))).build());
    all.put(
        "poll",
        plain()
            .poll(
                Optional.of(
                    new Poll(
                        List.of(new Poll.Option("Yes", 1), new Poll.Option("No", 2)),
                        false,
                        Optional.of(NOW),
                        false,
                        Optional.of(3L))))
            .build());
    all.put(
        "event",
        words(Optional.of("Ball"), Optional.of("en")).toBuilder()
            .event(Optional.of(new CalendarEvent(new CalendarEvent.Time(NOW, Optional.empty()))))
            .build());
    all.put(
        "place",
        plain().place(Optional.of(new Place(Optional.of("Verona"), Optional.empty()))).build());
    all.put("rights", plain().rights(Optional.of("CC0")).build());
    return all;
  }

  /** The rows of the table: the part, and whether it crosses whole on each side. */
  private static Map<String, List<String>> rows() throws IOException {
    return Files.readAllLines(Path.of("../docs/protocol-mapping.md")).stream()
        .dropWhile(line -> !line.equals("### What crosses"))
        .dropWhile(line -> !line.startsWith("| `"))
        .takeWhile(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|"))
        .collect(
            Collectors.toMap(
                cells -> cells[1].strip().replace("`", ""),
                cells -> List.of(cells[2].strip(), cells[3].strip())));
  }

  private static Content overFediverse(Content content) {
    Content there =
        content.toBuilder()
            .mentions(
                content.mentions().stream()
                    .map(mention -> new Mention(URI.create("https://b.example/a"), mention.name()))
                    .toList())
            .build();
    LocalPost post = new LocalPost(ROMEO, "k", ITEM, there, new Dates(NOW, NOW), Optional.empty());
    IncomingActivity read =
        ActivityReader.read(new ActivityWriter(URLS).create(post).json()).value().orElseThrow();
    Content back = ((IncomingActivity.CreatePost) read).post().content();
    return back.equals(there) ? content : back;
  }

  private static Content overXmpp(Content content) {
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
    Element entry =
        XmlReader.strict().read(XmlWriter.write(EntryWriter.entry(posting))).value().orElseThrow();
    Content read = EntryReader.read(entry, NOW).value().orElseThrow().content();
    // A quotation that is elsewhere is also said in words.
    return content.quote().isPresent() && read.quote().equals(content.quote()) ? content : read;
  }

  static Stream<String> parts() {
    return EXAMPLES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void whatTheTableSaysOfAPartIsSo(String part) throws IOException {
    Content content = EXAMPLES.get(part);
    List<String> row = rows().getOrDefault(part, List.of("missing", "missing"));
    assertThat(overFediverse(content).equals(content)).isEqualTo(row.get(0).equals("yes"));
    assertThat(overXmpp(content).equals(content)).isEqualTo(row.get(1).equals("yes"));
  }

  @Test
  void theTableHasEveryPartOfTheModel() throws IOException {
    Set<String> parts = new TreeSet<>();
    Stream.of(Content.Words.class, Content.class)
        .flatMap(type -> Stream.of(type.getRecordComponents()))
        .map(RecordComponent::getName)
        .filter(name -> !name.equals("words"))
        .forEach(parts::add);
    Stream.concat(
            Stream.of(Details.class.getRecordComponents()).map(RecordComponent::getName),
            Stream.of("mirrors"))
        .forEach(name -> parts.add("attachments." + name));
    assertThat(new TreeSet<>(rows().keySet())).isEqualTo(parts);
    assertThat(new TreeSet<>(EXAMPLES.keySet())).isEqualTo(parts);
  }
}
