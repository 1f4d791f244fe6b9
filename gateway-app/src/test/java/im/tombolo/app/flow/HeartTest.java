package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Reaction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People of XMPP like posts of XMPP, as Movim has it. */
class HeartTest extends Reactions {
  private void hearts(Jid by, String id) {
    comments(comment(id, by, "♥", ""));
  }

  @Test
  void aHeartCountsAndIsNoComment() {
    hearts(JULIET, "h1");

    assertThat(counts(post).likes()).isEqualTo(1);
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.discussions().answers(post)).isEmpty();
  }

  @Test
  void aHeartThatIsRetractedDoesNotCount() {
    hearts(JULIET, "h1");
    flows.reconciler().event(ROMEO, NODE.node(), List.of(), List.of("h1"));

    assertThat(counts(post).isEmpty()).isTrue();
  }

  @Test
  void aHeartThatVanishedWithoutAnEventDoesNotCount() {
    hearts(JULIET, "h1");
    flows.advance(Duration.ofMinutes(1));
    flows.xmpp().drops(ROMEO, NODE.node(), "h1");
    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(counts(post).isEmpty()).isTrue();
  }

  @Test
  void aHeartThatWasThereBeforeIsFound() {
    flows.xmpp().holds(ROMEO, NODE.node(), comment("h1", JULIET, "♥", ""));
    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(counts(post).likes()).isEqualTo(1);
  }

  @Test
  void theHeartsThatTheGatewayPutThereDoNotComeBack() {
    flows.receives(BOB.likes("l1", post), BOB);
    flows.publish();
    comments(shown().getFirst());

    assertThat(counts(post).likes()).isEqualTo(1);
    List<Reaction> likes = flows.ask(session -> session.reactions().likes(post, 9));
    assertThat(likes).extracting(Reaction::actor).containsExactly(BOB.id());
  }

  @Test
  void theHeartOfAStrangerStaysWhereItIs() {
    hearts(STRANGER, "h1");

    assertThat(counts(post).isEmpty()).isTrue();
  }
}
