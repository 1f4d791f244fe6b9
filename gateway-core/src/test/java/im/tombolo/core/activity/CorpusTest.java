package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.IncomingActivity.Accept;
import im.tombolo.core.model.IncomingActivity.Announce;
import im.tombolo.core.model.IncomingActivity.CreatePost;
import im.tombolo.core.model.IncomingActivity.Delete;
import im.tombolo.core.model.IncomingActivity.Follow;
import im.tombolo.core.model.IncomingActivity.Other;
import im.tombolo.core.model.IncomingActivity.PassedOn;
import im.tombolo.core.model.IncomingActivity.QuoteRequest;
import im.tombolo.core.model.IncomingActivity.React;
import im.tombolo.core.model.IncomingActivity.Reject;
import im.tombolo.core.model.IncomingActivity.UndoAnnounce;
import im.tombolo.core.model.IncomingActivity.UndoById;
import im.tombolo.core.model.IncomingActivity.UndoFollow;
import im.tombolo.core.model.IncomingActivity.UndoReact;
import im.tombolo.core.model.IncomingActivity.UpdateActor;
import im.tombolo.core.model.IncomingActivity.UpdatePost;
import im.tombolo.core.model.IncomingActivity.Vote;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents of real servers, which lie beside the project and are no part of it. Each is read by
 * the reader for its kind: none may throw, and what is understood has to be of that kind.
 */
class CorpusTest {
  private static final Path FOLDER = Path.of("../../shared/fixtures/ap");
  private static final Set<String> ACTORS =
      Set.of("Person", "Group", "Service", "Application", "Organization");
  private static final Set<String> COLLECTIONS =
      Set.of("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage");
  private static final Set<String> POSTS =
      Set.of("Note", "Article", "Page", "Question", "Event", "Video", "Audio", "Image");
  private static final Set<String> JRDS = Set.of("(webfinger)", "(webfinger/jrd)");
  // Neither readers nor anybody else take these for documents of ActivityPub.
  private static final Set<String> APART =
      Set.of("(nodeinfo)", "(signed request) Follow", "(signed request) Create(Note)", "type");

  /** A line of the index. */
  private record Sample(Path file, String implementation, String type, boolean negative) {
    /** The outermost type: {@code Create} of {@code Create(Note)}. */
    String outer() {
      return type.replaceFirst("\\(.*", "");
    }

    /** {@code Note} of {@code Create(Note)}; empty when it is only named. */
    String inner() {
      int start = type.indexOf('(');
      return start <= 0 ? "" : type.substring(start + 1).replaceFirst("[()].*", "");
    }

    /** Of a {@code Block}: from something, and not from oneself. */
    boolean isBan() {
      return json().contains("\"target\"");
    }

    /**
     * Documentation shows parts, and tests have pieces: whatever lacks what its kind cannot be
     * without says nothing of a server.
     */
    boolean isWhole() {
      if (APART.contains(type)) {
        return false;
      }
      return switch (Json.read(json())) {
        case Reading.Refused<ObjectNode> refused -> true;
        case Reading.Of<ObjectNode>(ObjectNode document) ->
            JRDS.contains(type)
                ? document.has("subject")
                : Json.id(document).isPresent()
                    && needs().stream().anyMatch(p -> Json.ref(document, p).isPresent());
      };
    }

    private List<String> needs() {
      if (ACTORS.contains(outer())) {
        return List.of("inbox");
      }
      if (COLLECTIONS.contains(outer())) {
        return List.of("id");
      }
      return POSTS.contains(outer()) ? List.of("attributedTo", "actor") : List.of("actor");
    }

    /** With something in the places that its project left open. */
    String json() {
      try {
        String text = Files.readString(file);
        String host = text.contains("https://kbin.test/") ? "kbin.test" : "mbin.example";
        return text.replace("SCRUBBED_ID", "https://" + host + "/1")
            .replaceAll("\"\\{\\{\\w+}}\"", "\"https://x.example/1\"")
            .replaceAll("\\{\\{\\w+}}", "x.example")
            .replaceAll("https://(my|first|second)_domain/", "https://$1.example/");
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** What came of one document: {@code read}, or why not. */
  private static String outcome(Reading<?> reading) {
    return reading instanceof Reading.Refused<?>(String reason) ? reason : "read";
  }

  private static List<Sample> samples() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no documents beside the project");
    return Files.readAllLines(FOLDER.resolve("INDEX.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .filter(cells -> Files.isRegularFile(FOLDER.resolve(cells[0])))
        .map(cells ->
            new Sample(
                FOLDER.resolve(cells[0]),
                cells[1],
                cells[2],
                cells.length > 6 && cells[6].equals("negative")))
        .toList();
  }

  private static Reading<?> read(Sample sample) {
    String json = sample.json();
    if (ACTORS.contains(sample.outer())) {
      return ActorReader.read(json, Instant.EPOCH);
    }
    if (COLLECTIONS.contains(sample.outer())) {
      return CollectionReader.read(json);
    }
    if (JRDS.contains(sample.type())) {
      return Jrd.read(json);
    }
    return POSTS.contains(sample.outer()) ? PostReader.read(json) : ActivityReader.read(json);
  }

  /** What a document may be for us, by its type; never empty. */
  private static Set<Class<?>> expected(Sample sample) {
    if (ACTORS.contains(sample.outer())) {
      return Set.of(RemoteActor.class);
    }
    if (COLLECTIONS.contains(sample.outer())) {
      return Set.of(CollectionReader.Page.class);
    }
    if (JRDS.contains(sample.type())) {
      return Set.of(Jrd.class);
    }
    return POSTS.contains(sample.outer()) ? Set.of(RemotePost.class) : activity(sample);
  }

  private static Set<Class<?>> activity(Sample sample) {
    boolean isPost = POSTS.contains(sample.inner());
    return switch (sample.outer()) {
      case "Follow" -> Set.of(Follow.class);
      case "Delete" -> Set.of(Delete.class, IncomingActivity.TakeDown.class);
      case "Lock" -> Set.of(IncomingActivity.Lock.class);
      case "Add", "Remove" -> Set.of(IncomingActivity.Feature.class, Other.class);
      case "Like", "Dislike" -> Set.of(React.class);
      case "EmojiReact" -> Set.of(React.class, Other.class);
      case "QuoteRequest" -> Set.of(QuoteRequest.class);
      case "Create" ->
          isPost
              ? Set.of(CreatePost.class, Vote.class)
              : Set.of(CreatePost.class, Vote.class, Other.class);
      case "Update" -> isPost ? Set.of(UpdatePost.class) : Set.of(UpdateActor.class, Other.class);
      case "Announce" ->
          sample.inner().isEmpty() || isPost ? Set.of(Announce.class) : Set.of(PassedOn.class);
      case "Accept" ->
          sample.inner().equals("Follow")
              ? Set.of(Accept.class)
              : Set.of(Accept.class, Other.class);
      case "Reject" ->
          sample.inner().equals("Follow")
              ? Set.of(Reject.class)
              : Set.of(Reject.class, Other.class);
      case "Undo" ->
          switch (sample.inner()) {
            case "Follow" -> Set.of(UndoFollow.class);
            case "Announce" -> Set.of(UndoAnnounce.class);
            case "Like", "Dislike", "EmojiReact" -> Set.of(UndoReact.class);
            case "Block" -> Set.of(sample.isBan() ? Other.class : IncomingActivity.UndoBlock.class);
            case "" -> Set.of(UndoById.class, UndoFollow.class, UndoAnnounce.class, Other.class);
            case "Delete" -> Set.of(IncomingActivity.Restore.class);
            case "Lock" -> Set.of(IncomingActivity.Lock.class);
            default -> Set.of(Other.class);
          };
      case "Block" -> Set.of(sample.isBan() ? Other.class : IncomingActivity.Block.class);
      case "Flag" -> Set.of(IncomingActivity.Flag.class);
      case "Join" -> Set.of(IncomingActivity.Join.class);
      case "Leave" -> Set.of(IncomingActivity.Leave.class);
      case "TentativeAccept" -> Set.of(IncomingActivity.TentativeAccept.class);
      case "Invite" -> Set.of(IncomingActivity.Invite.class);
      default -> Set.of(Other.class);
    };
  }

  @Test
  void everyDocumentIsReadByEveryReaderWithoutAnException() throws IOException {
    URI key = URI.create("https://a.example/key");
    for (Sample sample : samples()) {
      assertThatCode(
              () -> {
                String json = sample.json();
                ActivityReader.read(json);
                PostReader.read(json);
                ActorReader.read(json, Instant.EPOCH);
                CollectionReader.read(json);
                KeyReader.read(json, key);
                Jrd.read(json);
              })
          .as(sample.file().toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsUnderstoodIsOfItsKind() throws IOException {
    int kinds = 0;
    for (Sample sample : samples()) {
      if (!sample.negative() && read(sample) instanceof Reading.Of<?>(Object value)) {
        assertThat(expected(sample)).as(sample.file().toString()).contains(value.getClass());
        kinds++;
      }
    }
    assertThat(kinds).isGreaterThan(300);
  }

  @Test
  void nearlyEverythingIsUnderstoodAndTheRestHasAReason() throws IOException {
    Map<String, Map<String, Integer>> report = new TreeMap<>();
    int whole = 0;
    int refused = 0;
    for (Sample sample : samples()) {
      Reading<?> reading = read(sample);
      String outcome =
          !sample.isWhole()
              ? "a part, or of another kind"
              : reading instanceof Reading.Of<?>(Other other)
                  ? "read, of no concern"
                  : outcome(reading);
      report
          .computeIfAbsent(sample.implementation(), name -> new TreeMap<>())
          .merge(outcome, 1, Integer::sum);
      if (!sample.negative() && sample.isWhole()) {
        whole++;
        if (reading instanceof Reading.Refused<?>(String reason)) {
          refused++;
          System.out.println(sample.file().getFileName() + " " + sample.type() + ": " + reason);
        }
      }
    }
    report.forEach((name, outcomes) -> System.out.println(name + " " + outcomes));
    System.out.println(whole + " whole documents, " + refused + " refused");
    assertThat(refused).isLessThan(whole / 20);
  }

  @Test
  void everyEventThatSaysWhenItIsOneIsReadAsOne() throws IOException {
    int events = 0;
    for (Sample sample : samples()) {
      boolean saysWhen = sample.json().contains("\"startTime\": \"");
      Optional<RemotePost> post =
          switch (read(sample)) {
            case Reading.Of<?>(RemotePost alone) -> Optional.of(alone);
            case Reading.Of<?>(CreatePost create) -> Optional.of(create.post());
            default -> Optional.empty();
          };
      boolean isEvent = sample.outer().equals("Event") || sample.inner().equals("Event");
      if (isEvent && post.isPresent()) {
        assertThat(post.get().content().event().isPresent())
            .as(sample.file().toString())
            .isEqualTo(saysWhen);
        events++;
      }
    }
    assertThat(events).isGreaterThan(5);
  }

  @Test
  void whatIsHostileOnPurposeIsRefused() throws IOException {
    for (Sample sample : samples().stream().filter(Sample::negative).toList()) {
      Reading<?> reading = read(sample);
      // A quotation that its author did not allow is only a link here.
      boolean isHarmless =
          switch (reading) {
            case Reading.Refused<?> refused -> true;
            case Reading.Of<?>(Other other) -> true;
            // Of what is shown only the id is read.
            case Reading.Of<?>(Announce announce) -> true;
            // The actor named there has to agree.
            case Reading.Of<?>(Jrd jrd) -> true;
            case Reading.Of<?>(RemotePost post) -> post.content().quote().isPresent();
            case Reading.Of<?> believed -> false;
          };
      assertThat(isHarmless).as(sample.file() + ": " + outcome(reading)).isTrue();
    }
  }
}
