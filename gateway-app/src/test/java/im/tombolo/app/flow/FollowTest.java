package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People there follow blogs here. */
class FollowTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final URI ROMEO_THERE = URI.create("https://example.org/users/example.org/romeo");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "social.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    ADA.joins(flows.fediverse());
    BOB.joins(flows.fediverse());
  }

  private void romeoHasABlog() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
  }

  private long followers() {
    return flows.ask(session -> session.followers().count(ROMEO));
  }

  @Test
  void aFollowOfAnOpenBlogIsAccepted() {
    romeoHasABlog();

    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(accept -> {
          assertThat(accept.type()).isEqualTo("Accept");
          assertThat(accept.signer()).isEqualTo(ROMEO);
          assertThat(accept.inbox()).isEqualTo(ADA.inbox());
          assertThat(accept.text("/actor")).isEqualTo(ROMEO_THERE.toString());
          assertThat(accept.text("/object/id")).isEqualTo(ADA.activity("f1").toString());
          assertThat(accept.text("/object/actor")).isEqualTo(ADA.id().toString());
          assertThat(accept.text("/object/object")).isEqualTo(ROMEO_THERE.toString());
        });
    assertThat(followers()).isEqualTo(1);
  }

  @Test
  void aNodeOfAPubsubServiceIsFollowedLikeAPerson() {
    Jid service = Jid.domain("pubsub.example.org");
    flows.xmpp().isA(service, "pubsub/service");
    flows.xmpp().opens(service, "news");
    Jid news = Jid.of("news@pubsub.example.org");

    flows.receives(ADA.follow("f1", flows.urls().actor(news)), ADA);

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Accept");
    assertThat(flows.deliveries()).extracting(Delivery::signer).containsExactly(news);
  }

  @Test
  void aFollowOfAnAccountThatNeverHadABlogHasNoAnswer() {
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);

    assertThat(flows.deliveries()).isEmpty();
    assertThat(followers()).isZero();
  }

  @Test
  void aFollowOfAClosedBlogHasNoAnswerEither() {
    romeoHasABlog();
    flows.xmpp().closes(ROMEO, MICROBLOG);

    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);

    assertThat(flows.deliveries()).isEmpty();
    assertThat(followers()).isZero();
  }

  @Test
  void aFollowOfABlogThatWasOpenBeforeIsRejected() {
    romeoHasABlog();
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);
    flows.sent();
    flows.xmpp().closes(ROMEO, MICROBLOG);

    flows.receives(BOB.follow("f2", ROMEO_THERE), BOB);

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(reject -> {
          assertThat(reject.type()).isEqualTo("Reject");
          assertThat(reject.inbox()).isEqualTo(BOB.inbox());
          assertThat(reject.text("/object/id")).isEqualTo(BOB.activity("f2").toString());
        });
    assertThat(followers()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/users/elsewhere.example/romeo",
        "https://example.org/users/example.org/romeo/posts/x",
        "https://example.org/actor",
        "https://elsewhere.example/users/example.org/romeo",
      })
  void aFollowOfWhatIsNoServedAccountIsNothing(URI whom) {
    romeoHasABlog();

    flows.receives(ADA.follow("f1", whom), ADA);

    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.xmpp().asked()).isEmpty();
  }

  @Test
  void aFollowWaitsWhileTheXmppServerDoesNotAnswer() {
    romeoHasABlog();
    flows.xmpp().isSilent(ROMEO);
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);
    assertThat(flows.deliveries()).isEmpty();

    flows.xmpp().speaks(ROMEO);
    flows.work();
    assertThat(flows.deliveries()).as("before it is tried again").isEmpty();
    flows.advance(Duration.ofSeconds(5));
    flows.work();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Accept");
  }

  @Test
  void aFollowWaitsWhileTheFollowersServerDoesNotAnswer() {
    romeoHasABlog();
    flows.fediverse().goesDown(ADA.host());
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);
    assertThat(flows.deliveries()).isEmpty();

    flows.fediverse().goesUp(ADA.host());
    flows.advance(Duration.ofMinutes(2));
    flows.work();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Accept");
  }

  @Test
  void whoCannotBeFoundIsNotAccepted() {
    romeoHasABlog();
    Peer nobody = Peer.of("nobody", "social.example");

    flows.receives(nobody.follow("f1", ROMEO_THERE), nobody);

    assertThat(flows.deliveries()).isEmpty();
    assertThat(followers()).isZero();
  }

  @Test
  void whoFollowsAlreadyIsAcceptedAgain() {
    romeoHasABlog();
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);
    flows.sent();

    flows.receives(ADA.follow("f2", ROMEO_THERE), ADA);

    assertThat(flows.deliveries())
        .extracting(accept -> accept.text("/object/id"))
        .containsExactly(ADA.activity("f2").toString());
    assertThat(followers()).isEqualTo(1);
  }

  @Test
  void aWholeUndoEndsAFollow() {
    romeoHasABlog();
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);

    flows.receives(ADA.undoFollow("u1", "f1", ROMEO_THERE), ADA);

    assertThat(followers()).isZero();
  }

  @Test
  void anUndoUnderAnotherIdEndsAFollowToo() {
    romeoHasABlog();
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);

    flows.receives(ADA.undoFollow("u1", "forgotten", ROMEO_THERE), ADA);

    assertThat(followers()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://social.example/users/ada/f1",
        "https://example.org/users/example.org/romeo"
      })
  void anUndoByNameEndsAFollow(String named) {
    romeoHasABlog();
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);

    flows.receives(ADA.says("u1", "Undo", "\"" + named + "\""), ADA);

    assertThat(followers()).isZero();
  }

  @Test
  void nobodyEndsTheFollowOfAnother() {
    romeoHasABlog();
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);

    flows.receives(BOB.undoFollow("u1", "f1", ROMEO_THERE), BOB);
    flows.receives(BOB.says("u2", "Undo", "\"" + ADA.activity("f1") + "\""), BOB);

    assertThat(followers()).isEqualTo(1);
  }

  @Test
  void anUndoDoesNotOvertakeItsFollow() {
    romeoHasABlog();
    flows.xmpp().isSilent(ROMEO);
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);
    flows.receives(ADA.undoFollow("u1", "f1", ROMEO_THERE), ADA);

    flows.xmpp().speaks(ROMEO);
    flows.advance(Duration.ofSeconds(5));
    flows.work();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Accept");
    assertThat(followers()).isZero();
  }
}
