package im.tombolo.core;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.PostReader;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A post in the style of each server, and the entry that becomes of it: {@code peers/NAME.json} and
 * {@code NAME.xml}, one element a line. With {@code -Dpeers.write=true} the entries are written
 * anew; what changed is then seen by git.
 */
class PeerEntriesTest {
  private static final Path FOLDER = Path.of("src/test/resources/peers");
  private static final Jid VIRTUAL = Jid.of("ada\\40social.example@ap.example.org");

  static Stream<String> peers() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .filter(name -> post(name).isPresent())
          .sorted()
          .toList()
          .stream();
    }
  }

  /** Empty for what is no post: votes, what groups announce. */
  private static Optional<RemotePost> post(String name) {
    try {
      return PostReader.read(Files.readString(FOLDER.resolve(name + ".json"))).value();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String entry(RemotePost post) {
    Posting posting =
        new Posting(
            new ItemAddress(VIRTUAL, Namespaces.MICROBLOG, "item"),
            VIRTUAL,
            new Byline("Ada", VIRTUAL),
            post.id().toString(),
            post.content(),
            post.dates(),
            post.page(),
            Optional.empty(),
            post.parent().map(id -> new Posting.Answered(id.toString(), Optional.empty())).stream()
                .toList(),
            Optional.empty());
    Element entry = EntryWriter.entry(posting);
    String lang = entry.lang().map(tag -> " xml:lang='" + tag + "'").orElse("");
    List<String> lines =
        entry.elements().stream().map(child -> XmlWriter.write(child, Namespaces.ATOM)).toList();
    return lines.stream()
        .collect(Collectors.joining("\n", "<entry" + lang + ">\n", "\n</entry>\n"));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void aPostInTheStyleOfEachServerBecomesAnEntry(String name) throws IOException {
    Path golden = FOLDER.resolve(name + ".xml");
    String entry = entry(post(name).orElseThrow());
    if (Boolean.getBoolean("peers.write")) {
      Files.writeString(golden, entry);
    }
    assertThat(entry).isEqualTo(Files.readString(golden));
  }
}
