package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.port.RemotePosts.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eve does not let others show what she says. */
class ConsentTest extends Room {
  private static final String NO_BRIDGE = "I paint. #nobridge";

  private void eveSays(String bio, String more) {
    flows.fediverse().holds(EVE.id(), EVE.document(bio, "pem", more));
    flows.directory().refresh(EVE.id());
  }

  private void eveChanges(String bio) {
    flows.fediverse().holds(EVE.id(), EVE.document(bio, "pem"));
    flows.receives(EVE.says("u" + bio.length(), "Update", "\"" + EVE.id() + "\""), EVE);
    flows.publish();
  }

  private List<String> node(Jid reader) {
    List<Posting> postings =
        flows
            .timelines()
            .posts(
                actor(EVE), flows.virtual(EVE), reader, new Page(Optional.empty(), true, 20, false))
            .value()
            .orElseThrow()
            .postings();
    return texts(postings);
  }

  @ParameterizedTest
  @CsvSource({
    "I paint. #nobridge, ''",
    "'<p>I paint. <a href=\"https://third.example/t\">#<span>NoBridge</span></a></p>', ''",
    "I paint., ',\"bridgeable\":false'"
  })
  void case74_herAnswerIsToldToWhomItAnswersAndStandsNowhere(String bio, String more) {
    eveSays(bio.replace("\"", "\\\""), more);

    replies(EVE, "1", "Only between us", post);

    assertThat(shown()).isEmpty();
    assertThat(flows.discussions().answers(post)).isEmpty();
    assertThat(flows.rows("discussion where author = '" + EVE.id() + "'")).isZero();
    assertThat(flows.told())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.to()).isEqualTo(ROMEO.toString());
          assertThat(notice.body()).contains("Only between us");
        });
  }

  @Test
  void case74_herPostsAreForThoseWhoFollowHerOnly() {
    eveSays(NO_BRIDGE, "");
    flows.follows(JULIET, EVE);

    flows.receives(EVE.creates("c", EVE.note("1", "Hello", flows.now())), EVE);

    assertThat(flows.told()).extracting(Notice::to).containsExactly(JULIET.toString());
    assertThat(node(JULIET)).containsExactly("Hello");
    assertThat(node(ROMEO)).isEmpty();
    assertThat(node(STRANGER)).isEmpty();
  }

  @Test
  void case74_nobodyElseShowsHerPosts() {
    eveSays(NO_BRIDGE, "");
    flows.follows(JULIET, BOB);
    flows.fediverse().holds(EVE.post("1"), EVE.note("1", "Hello", flows.now()));

    flows.receives(BOB.announces("a", EVE.post("1"), flows.now()), BOB);

    assertThat(flows.notices()).isEmpty();
    assertThat(flows.rows("remote_post")).isZero();
  }

  @Test
  void case74_nobodyElseShowsAPostOfHersThatIsHereForHerFollowers() {
    eveSays(NO_BRIDGE, "");
    flows.follows(JULIET, EVE);
    flows.follows(JULIET, BOB);
    flows.receives(EVE.creates("c", EVE.note("1", "Hello", flows.now())), EVE);
    flows.told();

    flows.receives(BOB.announces("a", EVE.post("1"), flows.now()), BOB);

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void case74_herLikesAreNotShown() {
    eveSays(NO_BRIDGE, "");

    flows.receives(EVE.likes("l", post), EVE);
    flows.publish();

    assertThat(shown()).isEmpty();
    assertThat(flows.rows("reaction")).isZero();
  }

  @Test
  void case74_whoWantsItNoMoreAndTellsNobodyIsTakenOutWhenReadAgain() {
    replies(EVE, "1", "For all to see", post);
    flows.receives(EVE.likes("l", post), EVE);
    flows.publish();
    assertThat(shown()).hasSize(2);

    eveSays(NO_BRIDGE, "");
    flows.publish();

    assertThat(shown()).isEmpty();
    assertThat(flows.discussions().answers(post)).isEmpty();
    assertThat(flows.rows("reaction")).isZero();
  }

  @Test
  void case74_whoWantsItNoMoreIsTakenOut() {
    flows.follows(JULIET, BOB);
    replies(EVE, "1", "For all to see", post);
    flows.receives(EVE.likes("l", post), EVE);
    flows.receives(BOB.announces("a", EVE.post("1"), flows.now()), BOB);
    flows.publish();
    flows.told();
    assertThat(shown()).hasSize(2);

    eveChanges(NO_BRIDGE);

    assertThat(shown()).isEmpty();
    assertThat(flows.discussions().answers(post)).isEmpty();
    assertThat(flows.rows("reaction")).isZero();
    assertThat(flows.rows("remote_post where repeats is not null and buried_at is null")).isZero();
  }

  @Test
  void case74_whoWantsNotToBeFoundIsNotOnPages() {
    eveSays("I paint.", ",\"indexable\":false");

    replies(EVE, "1", "Here I am", post);
    replies(BOB, "2", "Me too", post);

    assertThat(shown()).extracting(Room::title).containsExactlyInAnyOrder("Here I am", "Me too");
    assertThat(texts(flows.discussions().answers(post))).containsExactly("Me too");
  }
}
