package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.COMMENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No post gets further than its author wanted: every audience that the fediverse knows, against
 * every way in which somebody could come to read it here.
 */
class AudienceTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid FOLLOWER = Jid.of("juliet@example.org");
  private static final Jid PENDING = Jid.of("tybalt@example.org");
  private static final Jid STRANGER = Jid.of("paris@example.org");
  private static final Jid FOREIGNER = Jid.of("iago@elsewhere.example");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final NodeAddress NODE = new NodeAddress(ROMEO, COMMENTS + "1");
  private static final String ALL = "https://www.w3.org/ns/activitystreams#Public";
  private static final String ROMEOS = "https://example.org/users/example.org/romeo";

  /** How somebody could come to read a post. */
  private enum Way {
    EVENT_TO_FOLLOWER,
    EVENT_TO_OTHERS,
    PAGE_FOR_FOLLOWER,
    PAGE_FOR_OTHERS,
    ITEM_FOR_FOLLOWER,
    ITEM_FOR_OTHERS,
    COMMENTS_NODE,
    VIRTUAL_COMMENTS,
    WEB_ANSWERS,
    CONTEXT,
    BOOST,
    MESSAGE
  }

  private static final Set<Way> EVERY_WAY = EnumSet.complementOf(EnumSet.of(Way.MESSAGE));
  private static final Set<Way> FOLLOWERS_WAYS =
      EnumSet.of(Way.EVENT_TO_FOLLOWER, Way.PAGE_FOR_FOLLOWER, Way.ITEM_FOR_FOLLOWER);
  private static final Set<Way> TO_THEM = EnumSet.of(Way.MESSAGE);
  private static final Set<Way> NO_WAY = EnumSet.noneOf(Way.class);

  @RegisterExtension private final Flows flows = new Flows();
  private URI romeosPost;

  @BeforeEach
  void adaHasAllKindsOfReaders() {
    BOB.joins(flows.fediverse());
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.xmpp().welcomes(ROMEO, NODE.node());
    flows.isFollowedBy(ROMEO, BOB);
    flows.compare();
    flows.follows(FOLLOWER, ADA);
    flows.follows(FOLLOWER, BOB);
    flows.subscriptions().subscribe(flows.virtual(ADA), PENDING);
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(
        ROMEO,
        Entries.with(
            "1",
            "<title>Soft</title><updated>%s</updated><link rel='replies' href='%s'/>"
                .formatted(flows.now(), NODE.uri())));
    romeosPost = URI.create(flows.sent().getLast().text("/object/id"));
    flows.told();
  }

  static Stream<Arguments> audiences() {
    String followers = ADA.id() + "/followers";
    return Stream.of(
        Arguments.of("public", to(ALL), to(ALL), EVERY_WAY),
        Arguments.of("as:Public", to("as:Public"), to("as:Public"), EVERY_WAY),
        Arguments.of("Public", to("Public"), to("Public"), EVERY_WAY),
        Arguments.of("unlisted", both(followers, ALL), both(followers, ALL), EVERY_WAY),
        Arguments.of("only the object says", "\"x\":1", to(ALL), EVERY_WAY),
        Arguments.of("followers", to(followers), to(followers), FOLLOWERS_WAYS),
        Arguments.of(
            "followers and somebody",
            both(followers, ROMEOS),
            both(followers, ROMEOS),
            FOLLOWERS_WAYS),
        Arguments.of("wider outside", to(ALL), to(followers), FOLLOWERS_WAYS),
        Arguments.of("narrower outside", to(followers), to(ALL), FOLLOWERS_WAYS),
        Arguments.of(
            "followers of somebody else",
            to(BOB.id() + "/followers"),
            to(BOB.id() + "/followers"),
            NO_WAY),
        Arguments.of(
            "a collection",
            to("https://social.example/lists/1"),
            to("https://social.example/lists/1"),
            NO_WAY),
        Arguments.of("somebody", to(ROMEOS), to(ROMEOS), TO_THEM),
        Arguments.of("somebody mentioned", direct(), direct(), TO_THEM),
        Arguments.of("public outside, somebody inside", to(ALL), to(ROMEOS), TO_THEM),
        Arguments.of("nobody", "\"to\":[]", "\"cc\":[]", NO_WAY));
  }

  private static String to(String whom) {
    return "\"to\":\"" + whom + "\"";
  }

  private static String both(String to, String cc) {
    return "\"to\":[\"" + to + "\"],\"cc\":[\"" + cc + "\"]";
  }

  private static String direct() {
    return to(ROMEOS)
        + ",\"tag\":{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"@romeo@example.org\"}"
            .formatted(ROMEOS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("audiences")
  void case59_aPostIsReadByThoseWhomItIsFor(
      String name, String activity, String object, Set<Way> expected) {
    String note =
        ADA.note(
            "1",
            "Secret",
            flows.now(),
            Optional.empty(),
            "\"inReplyTo\":\"" + romeosPost + "\"," + object);
    String create = ADA.creates("c", note);
    flows.receives(create.substring(0, create.lastIndexOf('}')) + "," + activity + "}", ADA);
    flows.publish();
    // Somebody shows it around, and its own server would give it to us.
    flows.fediverse().holds(ADA.post("1"), note);
    List<Notice> events = flows.told();
    flows.receives(BOB.announces("b", ADA.post("1"), flows.now()), BOB);

    assertThat(ways(events, flows.told())).isEqualTo(expected);
  }

  private Set<Way> ways(List<Notice> events, List<Notice> afterBoost) {
    Set<Way> ways = EnumSet.noneOf(Way.class);
    RemoteActor ada = flows.directory().byId(ADA.id()).value().orElseThrow();
    add(ways, Way.EVENT_TO_FOLLOWER, says(events, FOLLOWER));
    add(
        ways,
        Way.EVENT_TO_OTHERS,
        // A sign to the one who is answered is an event for everybody's eyes.
        says(events, PENDING, STRANGER, FOREIGNER) || tells(events, ROMEO, false));
    add(ways, Way.MESSAGE, tells(events, ROMEO, true));
    add(ways, Way.PAGE_FOR_FOLLOWER, reads(ada, FOLLOWER));
    add(ways, Way.PAGE_FOR_OTHERS, reads(ada, PENDING, STRANGER, FOREIGNER, ROMEO));
    add(ways, Way.ITEM_FOR_FOLLOWER, opens(ada, FOLLOWER));
    add(ways, Way.ITEM_FOR_OTHERS, opens(ada, PENDING, STRANGER, FOREIGNER, ROMEO));
    add(
        ways,
        Way.COMMENTS_NODE,
        flows.xmpp().items(ROMEO, NODE.node()).stream()
            .anyMatch(item -> item.toString().contains("Secret")));
    add(
        ways,
        Way.VIRTUAL_COMMENTS,
        flows
            .discussions()
            .comments(ada, flows.virtual(ADA), STRANGER, Ids.itemId(ADA.post("1")))
            .value()
            .isPresent());
    add(ways, Way.WEB_ANSWERS, !flows.discussions().answers(romeosPost).isEmpty());
    add(ways, Way.CONTEXT, flows.discussions().all(romeosPost, Optional.empty(), 9).size() > 1);
    add(ways, Way.BOOST, says(afterBoost, FOLLOWER));
    return ways;
  }

  private static void add(Set<Way> ways, Way way, boolean isOpen) {
    if (isOpen) {
      ways.add(way);
    }
  }

  private static boolean says(List<Notice> events, Jid... readers) {
    return Stream.of(readers)
        .anyMatch(reader ->
            events.stream()
                .filter(event -> event.to().equals(reader.toString()))
                .anyMatch(event -> event.message().text().contains("Secret")));
  }

  /**
   * @param directly as a message to them, or by a sign that there is something to read
   */
  private static boolean tells(List<Notice> events, Jid reader, boolean directly) {
    return events.stream()
        .filter(event -> event.to().equals(reader.toString()))
        .anyMatch(event ->
            directly == event.message().child("origin-id", Namespaces.STANZA_IDS).isPresent());
  }

  private boolean reads(RemoteActor ada, Jid... readers) {
    Page all = new Page(Optional.empty(), true, 99, true);
    List<Boolean> found = new ArrayList<>();
    for (Jid reader : readers) {
      found.add(
          !flows
              .timelines()
              .posts(ada, flows.virtual(ADA), reader, all)
              .value()
              .orElseThrow()
              .postings()
              .isEmpty());
    }
    return found.contains(true);
  }

  private boolean opens(RemoteActor ada, Jid... readers) {
    return Stream.of(readers)
        .anyMatch(reader ->
            flows
                .timelines()
                .posting(ada, flows.virtual(ADA), reader, Ids.itemId(ADA.post("1")))
                .value()
                .isPresent());
  }
}
