package im.tombolo.core;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.NoteWriter;
import im.tombolo.core.activity.PostReader;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.CalendarEventWriter;
import im.tombolo.core.atom.Entry;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.atom.EventSpeech;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events in the style of each server and client, and what becomes of them on the other side: {@code
 * peers/NAME.json} to {@code NAME.event.xml}, {@code events/NAME.xml} to {@code NAME.json}. With
 * {@code -Dpeers.write=true} the results are written anew.
 */
class EventSamplesTest {
  private static final Path PEERS = Path.of("src/test/resources/peers");
  private static final Path EVENTS = Path.of("src/test/resources/events");
  private static final Jid VIRTUAL = Jid.of("ada\\40social.example@ap.example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));

  static Stream<String> names(Path folder, String end) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(end))
          .map(name -> name.substring(0, name.length() - end.length()))
          .sorted()
          .toList()
          .stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Stream<String> peers() {
    return names(PEERS, ".json")
        .filter(name -> post(name).flatMap(post -> post.content().event()).isPresent());
  }

  static Stream<String> clients() {
    return names(EVENTS, ".xml");
  }

  private static Optional<RemotePost> post(String name) {
    return PostReader.read(read(PEERS.resolve(name + ".json"))).value();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void isAsKept(Path golden, String result) throws IOException {
    if (Boolean.getBoolean("peers.write")) {
      Files.writeString(golden, result);
    }
    assertThat(result).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void anEventOfAServerBecomesOneOfXmpp(String name) throws IOException {
    RemotePost post = post(name).orElseThrow();
    Posting posting =
        new Posting(
            new ItemAddress(VIRTUAL, Namespaces.CALENDAR_EVENTS, "item"),
            VIRTUAL,
            new Byline("Ada", VIRTUAL),
            post.id().toString(),
            post.content(),
            post.dates(),
            post.page(),
            Optional.of(new ItemAddress(VIRTUAL, Namespaces.COMMENTS + "item", "x").place()),
            List.of(),
            Optional.empty());
    Element event = new CalendarEventWriter(EventSpeech.CALENDAR).payload(posting);
    String lines =
        event.elements().stream()
            .map(child -> XmlWriter.write(child, event.namespace()))
            .collect(Collectors.joining("\n", "", "\n"));
    isAsKept(PEERS.resolve(name + ".event.xml"), lines);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anEventOfAClientBecomesOneOfTheFediverse(String name) throws IOException {
    Element payload =
        XmlReader.strict().read(read(EVENTS.resolve(name + ".xml"))).value().orElseThrow();
    Entry entry = EntryReader.read(payload, NOW).value().orElseThrow();
    ItemAddress item = new ItemAddress(ROMEO, payload.namespace(), name);
    LocalPost post =
        new LocalPost(ROMEO, "key", item, entry.content(), entry.dates(), entry.page());
    JsonMapper mapper = JsonMapper.builder().build();
    String json =
        mapper
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(mapper.readTree(new NoteWriter(URLS).write(post)))
            + "\n";
    isAsKept(EVENTS.resolve(name + ".json"), json);
  }
}
