package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A community in the style of each server, who is there, what it says to those who follow it, and
 * what stands in its node then: {@code communities/NAME.json} and {@code NAME.txt}; and what is
 * sent when somebody here posts in it, {@code NAME.sent.json}. With {@code
 * -Dcommunities.write=true} the latter two are written anew; what changed is then seen by git.
 */
class CommunityScenesTest {
  private static final Path FOLDER = Path.of("src/test/resources/communities");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final List<String> ACTORS = List.of("Person", "Group");

  @RegisterExtension private final Flows flows = new Flows();

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") && !name.endsWith(".sent.json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static URI id(JsonNode document) {
    return URI.create(document.path("id").asString());
  }

  private static Handle handle(JsonNode actor) {
    return new Handle(actor.path("preferredUsername").asString(), id(actor).getHost());
  }

  private void holds(JsonNode document) {
    flows.fediverse().holds(id(document), document.toString());
    if (ACTORS.contains(document.path("type").asString(""))) {
      flows.fediverse().knows(handle(document), handle(document), id(document));
    }
  }

  /** The community's virtual JID, which juliet follows. */
  private Jid plays(JsonNode scene) {
    JsonNode community = scene.path("community");
    holds(community);
    scene.path("there").forEach(this::holds);
    Jid node = flows.settings().virtual().of(handle(community));
    flows.subscriptions().subscribe(node, JULIET);
    URI follow =
        flows.ask(
            session -> session.followings().find(JULIET, id(community)).orElseThrow().followId());
    says(
        """
        {"id":"%s/accepts","type":"Accept","actor":"%s","object":"%s"}
        """
            .formatted(id(community), id(community), follow),
        id(community));
    flows.sent();
    scene.path("says").forEach(activity -> says(activity.toString(), id(community)));
    return node;
  }

  private void says(String activity, URI community) {
    assertThat(flows.receive(activity, community)).isEqualTo(new Verdict.Accepted());
    flows.work();
  }

  private List<Posting> items(Jid node) {
    return flows
        .timelines()
        .actor(node)
        .flatMap(group ->
            flows
                .timelines()
                .posts(group, node, JULIET, new Page(Optional.empty(), false, 20, false)))
        .value()
        .orElseThrow()
        .postings();
  }

  private String shown(Jid node) {
    return items(node).stream()
        .map(item -> item(item) + "\n" + below(URI.create(item.id())))
        .collect(Collectors.joining("\n"));
  }

  private static String item(Posting posting) {
    return "item "
        + posting.at().id()
        + " of "
        + posting.publisher()
        + "\n"
        + EntryWriter.entry(posting).elements().stream()
            .map(child -> XmlWriter.write(child, Namespaces.ATOM))
            .collect(Collectors.joining("\n"));
  }

  private String below(URI post) {
    String comments =
        flows.discussions().answers(post).stream()
            .map(comment -> "comment: " + item(comment) + "\n")
            .collect(Collectors.joining());
    ReactionCounts votes = flows.ask(session -> session.reactions().count(post));
    boolean isLocked = flows.ask(session -> session.decisions().isLocked(post));
    return comments
        + "likes: "
        + votes.likes()
        + ", emoji: "
        + votes.emojis()
        + (isLocked ? ", locked" : "")
        + "\n";
  }

  private String sent(Jid node, URI community) {
    flows.sent();
    flows
        .communities()
        .publish(
            node,
            Jid.of("romeo@example.org"),
            Entries.with(
                "mine",
                "<title>A question</title><content type='text'>Who has one?</content>"
                    + "<published>2026-01-02T09:00:00Z</published>"
                    + "<category term='help'/>"
                    + "<link rel='related' href='https://news.example/1'/>"));
    return flows.sent().stream()
        .filter(delivery -> delivery.inbox().getHost().equals(community.getHost()))
        .map(delivery -> JSON.writeValueAsString(delivery.activity()) + "\n")
        .collect(Collectors.joining());
  }

  private static void compare(String actual, Path golden) throws IOException {
    if (Boolean.getBoolean("communities.write")) {
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aCommunityIsANodeAndTakesPosts(String name) throws IOException {
    JsonNode scene = JSON.readTree(FOLDER.resolve(name + ".json").toFile());
    Jid node = plays(scene);

    compare(shown(node), FOLDER.resolve(name + ".txt"));
    compare(sent(node, id(scene.path("community"))), FOLDER.resolve(name + ".sent.json"));
  }
}
