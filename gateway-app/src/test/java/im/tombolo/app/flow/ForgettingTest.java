package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.Watch;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept, and for how long. */
class ForgettingTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Duration MONTH = Duration.ofDays(31);
  private static final Instant THEN = Flows.START.minusSeconds(3600);

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietReadsAda() {
    ADA.joins(flows.fediverse());
    BOB.joins(flows.fediverse());
    outboxHolds(ADA.note("1", "Hello", THEN));
    read();
  }

  private void outboxHolds(String... notes) {
    flows
        .fediverse()
        .holds(
            ADA.outbox(),
            "{\"type\":\"OrderedCollection\",\"orderedItems\":[%s]}"
                .formatted(String.join(",", notes)));
  }

  private List<String> read() {
    return flows
        .timelines()
        .posts(
            flows.timelines().actor(flows.virtual(ADA)).value().orElseThrow(),
            flows.virtual(ADA),
            JULIET,
            new Page(Optional.empty(), true, 9, true))
        .value()
        .orElseThrow()
        .postings()
        .stream()
        .map(posting -> posting.content().body().toPlainText())
        .toList();
  }

  private void act(Consumer<Session> work) {
    flows.ask(session -> {
      work.accept(session);
      return true;
    });
  }

  private void later(Duration time) {
    flows.advance(time);
    // A walk through the tables, to its end.
    flows.forgetting().content();
    while (flows.forgetting().sent() > 0) {
      // The next batch.
    }
  }

  private boolean isKept(URI post) {
    return flows.ask(session -> session.remotePosts().find(post)).isPresent();
  }

  private void relates(URI id, URI root, URI author) {
    act(session ->
        session
            .discussions()
            .add(new Discussions.Entry(id, root, Optional.of(root), author, Flows.START)));
  }

  @Test
  void anAccountThatNobodyFollowsOrReadsGoesWithItsPosts() {
    later(MONTH);

    assertThat(flows.rows("remote_post")).isZero();
    assertThat(flows.rows("remote_actor where id = '" + ADA.id() + "'")).isZero();
    assertThat(flows.rows("discussion")).isZero();
  }

  @Test
  void itIsReadAnewWhenSomebodyLooks() {
    later(MONTH);

    assertThat(read()).containsExactly("Hello");
  }

  @Test
  void anAccountThatWasReadLatelyStays() {
    later(Duration.ofDays(29));

    assertThat(isKept(ADA.post("1"))).isTrue();
  }

  @Test
  void anAccountThatSomebodyFollowsStays() {
    flows.follows(JULIET, ADA);

    later(MONTH);

    assertThat(isKept(ADA.post("1"))).isTrue();
  }

  @Test
  void aPostThatSomebodyHereLikedStays() {
    act(session ->
        session
            .reactions()
            .add(
                new Reaction(
                    ADA.post("1"),
                    flows.urls().actor(JULIET),
                    Optional.empty(),
                    flows.urls().activity("like"),
                    Optional.empty(),
                    Flows.START)));

    later(MONTH);

    assertThat(isKept(ADA.post("1"))).isTrue();
  }

  @Test
  void aPostThatStrangersLikedGoes() {
    act(session ->
        session
            .reactions()
            .add(
                new Reaction(
                    ADA.post("1"),
                    BOB.id(),
                    Optional.empty(),
                    BOB.activity("like"),
                    Optional.empty(),
                    Flows.START)));

    later(MONTH);

    assertThat(isKept(ADA.post("1"))).isFalse();
    assertThat(flows.rows("reaction")).isZero();
  }

  @Test
  void aDiscussionInWhichSomebodyHereWroteStays() {
    relates(URI.create("https://example.org/posts/2"), ADA.post("1"), flows.urls().actor(JULIET));

    later(MONTH);

    assertThat(isKept(ADA.post("1"))).isTrue();
    assertThat(flows.rows("discussion")).isEqualTo(2);
  }

  @Test
  void aDiscussionInWhichSomebodyWroteWhomSomebodyHereFollowsStays() {
    flows.follows(JULIET, BOB);
    relates(BOB.post("2"), ADA.post("1"), BOB.id());

    later(MONTH);

    assertThat(isKept(ADA.post("1"))).isTrue();
  }

  @Test
  void aPostThatSomebodyWatchesStays() {
    act(session ->
        session
            .watches()
            .save(
                new Watch(ADA.post("1"), JULIET, new NodeAddress(flows.virtual(ADA), "comments"))));

    later(MONTH);

    assertThat(isKept(ADA.post("1"))).isTrue();
  }

  @Test
  void aPostThatNamesSomebodyHereStays() {
    outboxHolds(
        ADA.note("2", "To <a href='%s'>romeo</a>".formatted(flows.urls().actor(ROMEO)), THEN));
    flows.advance(Duration.ofMinutes(6));
    read();

    later(MONTH);

    assertThat(isKept(ADA.post("2"))).isTrue();
    assertThat(isKept(ADA.post("1"))).isFalse();
  }

  @Test
  void thatAPostWasDeletedIsKnownForALongTime() {
    act(session -> session.remotePosts().bury(ADA.post("1"), ADA.id(), flows.now()));

    later(Duration.ofDays(80));
    assertThat(flows.rows("remote_post where buried_at is not null")).isEqualTo(1);
    later(Duration.ofDays(20));

    assertThat(flows.rows("remote_post")).isZero();
  }

  @Test
  void picturesGoWithTheirOwners() {
    act(session ->
        session
            .remoteActors()
            .saveAvatar(
                ADA.id(), ADA.on("/face"), new Picture("sha", "image/png", 1, 1, new byte[] {1})));
    later(Duration.ofDays(1));
    assertThat(flows.rows("picture")).isEqualTo(1);

    later(MONTH);
    later(Duration.ofHours(2));

    assertThat(flows.rows("picture")).isZero();
  }

  private void did(String key) {
    act(session -> session.activities().add(new Sent(key, ROMEO, true, "{}")));
  }

  @Test
  void activitiesGoWhenTheyWereDeliveredLongAgo() {
    did("told");
    did("waits");
    act(session -> session.deliveries().add("waits", ADA.inbox()));

    later(Duration.ofDays(91));

    assertThat(flows.text("select string_agg(key, ',') from activity")).isEqualTo("waits");
  }

  @Test
  void aFollowThatStandsStays() {
    flows.follows(JULIET, ADA);
    long activities = flows.rows("activity");

    later(Duration.ofDays(91));

    assertThat(flows.rows("activity")).isEqualTo(activities).isPositive();
  }

  @Test
  void deadDeliveriesGoAfterAWhile() {
    did("dead");
    act(session -> session.deliveries().add("dead", ADA.inbox()));
    flows.ask(session -> {
      flows.due(session).forEach(delivery -> session.deliveries().dead(delivery.id(), "HTTP 410"));
      return true;
    });

    later(Duration.ofDays(29));
    assertThat(flows.rows("delivery")).isEqualTo(1);
    later(Duration.ofDays(2));

    assertThat(flows.rows("delivery")).isZero();
  }
}
