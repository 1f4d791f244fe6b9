package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers try who mean it ill, or are only odd, where it could change what is kept. */
class HostilePeersTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer MALLORY = Peer.of("mallory", "social.example");
  private static final Peer EVE = Peer.of("eve", "evil.example");
  private static final Instant THEN = Flows.START.minusSeconds(3600);

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietFollowsAda() {
    flows.follows(JULIET, ADA);
    MALLORY.joins(flows.fediverse());
    EVE.joins(flows.fediverse());
  }

  private Optional<RemotePost> kept(URI post) {
    return flows.ask(session -> session.remotePosts().find(post)).map(Kept::post);
  }

  private void adaTellsHerFollowers() {
    String note = ADA.note("1", "Psst", THEN, Optional.empty(), ADA.toFollowers());
    flows.receives(ADA.creates("c", note), ADA);
    flows.told();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Remove", "Block", "Move", "Flag"})
  void case12_whatAnotherOfTheSameServerDoesToAPostDoesNothing(String type) {
    adaTellsHerFollowers();

    flows.receives(MALLORY.says("x", type, "\"" + ADA.post("1") + "\""), MALLORY);

    assertThat(kept(ADA.post("1"))).isPresent();
    assertThat(flows.notices()).isEmpty();
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void case13_whoeverNamesAPostOfAnotherDoesNotWidenItsAudience() {
    adaTellsHerFollowers();
    flows.follows(ROMEO, MALLORY);

    String stolen = ADA.note("1", "Psst", THEN);
    assertThat(flows.receive(MALLORY.creates("c1", stolen), MALLORY.id()))
        .isInstanceOf(Verdict.Refused.class);
    flows.receives(
        MALLORY.creates("c2", stolen.replace(ADA.id().toString(), MALLORY.id().toString())),
        MALLORY);

    assertThat(kept(ADA.post("1")).orElseThrow().author()).isEqualTo(ADA.id());
    assertThat(kept(ADA.post("1")).orElseThrow().audience().visibility())
        .isEqualTo(Visibility.FOLLOWERS);
    assertThat(flows.notices()).isEmpty();
  }

  /** An uploaded file may say what it likes of others; for itself it is nobody whom we follow. */
  @Test
  void case18_anUploadSpeaksForNoAccountThatDoesNotNameIt() {
    URI upload = ADA.on("/media/upload.json");
    flows.fediverse().holds(upload, ADA.document("<p>Forged</p>", "evil"));

    flows.directory().refresh(upload);

    RemoteActor ada = flows.directory().byId(ADA.id()).value().orElseThrow();
    assertThat(ada.profile().bio().toPlainText()).isEqualTo("Hello");
    assertThat(flows.directory().key(URI.create(upload + "#key"), true).value()).isEmpty();
  }

  @Test
  void case22_aPostBehindARedirectToAnotherServerIsNotTheFirstServers() {
    URI away = ADA.post("away");
    flows.fediverse().holds(away, EVE.on("/x"), ADA.note("away", "Forged", flows.now()));

    flows.receives(ADA.announces("a", away, flows.now()), ADA);

    assertThat(kept(away)).isEmpty();
    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void case22_anAccountBehindARedirectToAnotherServerIsNotTheFirstServers() {
    flows.fediverse().holds(MALLORY.id(), EVE.on("/x"), MALLORY.document("<p>Forged</p>", "pem"));

    assertThat(flows.directory().byId(MALLORY.id()).value()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "the target names nobody, ada, https://social.example/users/mallory",
    "somebody moves another, mallory, https://social.example/users/mallory",
    "the target is here, ada, https://example.org/users/example.org/romeo",
  })
  void case27_nobodyIsMoved(String name, String mover, String target) {
    Peer who = Peer.of(mover, "social.example");
    String move =
        "{\"id\":\"%s\",\"type\":\"Move\",\"actor\":\"%s\",\"object\":\"%s\",\"target\":\"%s\"}"
            .formatted(who.activity("move"), who.id(), ADA.id(), target);

    flows.receives(move, who);

    assertThat(flows.<Boolean>ask(session -> session.followings().isFollowed(ADA.id()))).isTrue();
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void case45_ofTenThousandAnswersSomeAreReadEachOnce() {
    URI replies = ADA.on("/posts/9/replies");
    String note =
        ADA.note(
            "9",
            "Hello",
            flows.now(),
            Optional.empty(),
            "\"replies\":\"" + replies + "\"," + Peer.TO_ALL);
    flows.receives(ADA.creates("c9", note), ADA);
    String items =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"%1$s\",\"%1$s\"".formatted(EVE.post("r" + i)))
            .collect(Collectors.joining(","));
    flows
        .fediverse()
        .holds(
            replies,
            "{\"type\":\"CollectionPage\",\"items\":[%s],\"next\":\"%s\"}"
                .formatted(items, replies));
    flows.fediverse().forgetsQuestions();

    RemoteActor ada = flows.directory().byId(ADA.id()).value().orElseThrow();
    flows.discussions().comments(ada, flows.virtual(ADA), JULIET, Ids.itemId(ADA.post("9")));

    assertThat(flows.fediverse().asked())
        .hasSizeLessThanOrEqualTo(56)
        .filteredOn(question -> question.contains("/posts/r"))
        .doesNotHaveDuplicates();
  }

  @Test
  void case48_aPostFromTheFutureIsOfNow() {
    flows.receives(
        ADA.creates("c", ADA.note("1", "Soon", Instant.parse("9999-01-01T00:00:00Z"))), ADA);

    assertThat(kept(ADA.post("1")).orElseThrow().dates().published()).isEqualTo(flows.now());
  }

  @Test
  void case60_whoWaitsForAnAnswerToTheirFollowGetsNoPostForFollowers() {
    flows.subscriptions().subscribe(flows.virtual(ADA), ROMEO);

    String note = ADA.note("1", "Psst", THEN, Optional.empty(), ADA.toFollowers());
    flows.receives(ADA.creates("c", note), ADA);

    assertThat(flows.notices()).extracting(Notice::to).containsExactly(JULIET.toString());
  }

  @Test
  void case62_aPostForFollowersIsNotBoostedFromHere() {
    adaTellsHerFollowers();
    flows.xmpp().opens(JULIET, Namespaces.MICROBLOG);
    flows.isFollowedBy(JULIET, EVE);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));

    String item = flows.virtual(ADA) + "?;node=urn%3Axmpp%3Amicroblog%3A0;item=";
    flows.publishes(
        JULIET,
        Entries.with(
            "2",
            "<title>Psst</title><updated>%s</updated><link rel='via' href='xmpp:%s%s'/>"
                .formatted(flows.now(), item, Ids.itemId(ADA.post("1")))));

    assertThat(flows.deliveries()).extracting(Flows.Delivery::type).doesNotContain("Announce");
  }

  @Test
  void case63_whoNamesAQuoteFirstDoesNotKeepTheRightfulOneAway() {
    flows.xmpp().opens(ROMEO, Namespaces.MICROBLOG);
    flows.isFollowedBy(ROMEO, EVE);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    String post = flows.sent().getLast().text("/object/id");
    String ask =
        "{\"id\":\"%s\",\"type\":\"QuoteRequest\",\"actor\":\"%s\",\"object\":\"%s\",\"instrument\":\"%s\"}";

    assertThat(
            flows.receive(
                ask.formatted(EVE.activity("q"), EVE.id(), post, MALLORY.post("7")), EVE.id()))
        .isInstanceOf(Verdict.Refused.class);
    flows.receives(
        ask.formatted(MALLORY.activity("q"), MALLORY.id(), post, MALLORY.post("7")), MALLORY);

    assertThat(flows.sent()).extracting(Flows.Delivery::type).containsExactly("Accept");
  }

  @Test
  void case88_whatIsForNobodyHereIsTakenAndForgotten() {
    long rows = flows.rows("remote_post");
    String elsewhere =
        MALLORY.note("1", "Hi", THEN, Optional.empty(), "\"to\":[\"" + EVE.id() + "\"]");

    flows.receives(MALLORY.creates("c1", elsewhere), MALLORY);
    flows.receives(MALLORY.creates("c2", MALLORY.note("2", "Hi", THEN)), MALLORY);

    assertThat(flows.rows("remote_post")).isEqualTo(rows);
    assertThat(flows.notices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\":\"Service\"",
        "\"type\":\"Group\"",
        "\"type\":\"Person\",\"movedTo\":\"https://evil.example/users/eve\"",
      })
  void case89_anAccountThatBecomesSomethingElseIsTheSameAccount(String change) {
    flows
        .fediverse()
        .holds(ADA.id(), ADA.document("<p>New</p>", "pem").replace("\"type\":\"Person\"", change));

    flows.receives(ADA.says("u", "Update", ADA.document("", "pem")), ADA);

    RemoteActor ada = flows.directory().byId(ADA.id()).value().orElseThrow();
    assertThat(ada.profile().bio().toPlainText()).isEqualTo("New");
    assertThat(ada.handle()).isEqualTo(ADA.handle());
    assertThat(flows.<Boolean>ask(session -> session.followings().isFollowed(ADA.id()))).isTrue();
    assertThat(flows.deliveries()).isEmpty();
  }
}
