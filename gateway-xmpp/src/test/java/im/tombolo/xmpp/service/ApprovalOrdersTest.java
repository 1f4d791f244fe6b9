package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands about who may follow. */
class ApprovalOrdersTest {
  private static final Jid JULIET = Stage.JULIET.bare();

  private final Stage stage = new Stage();

  @BeforeEach
  void meet() {
    stage.peers.add("ada", 1);
  }

  private String says(String words) {
    return stage.service.chat(Stage.JULIET, words);
  }

  private void waits(String actor) {
    URI id = URI.create(actor);
    Follower follower =
        new Follower(id, URI.create(id + "/inbox"), Optional.empty(), URI.create(id + "/f"));
    stage.store.inTransaction(session -> {
      session.followRequests().add(JULIET, follower);
      return true;
    });
  }

  @Test
  void approvalIsOffUntilItIsWanted() {
    assertThat(says("approval")).isEqualTo("Everybody may follow you.");
    assertThat(says("approval maybe")).startsWith("Nothing was changed");
    assertThat(says("approval on")).startsWith("Who wants to follow you waits");
    assertThat(says("approval")).startsWith("Who wants to follow you waits");
    assertThat(says("approval OFF")).isEqualTo("Everybody may follow you.");
  }

  @Test
  void whoWaitsIsApprovedByTheirAddress() {
    assertThat(says("waiting")).isEqualTo("Nobody waits.");
    waits("https://social.example/ada");

    assertThat(says("waiting")).startsWith("1 people wait:\n");
    assertThat(says("approve ada@social.example"))
        .isEqualTo("@ada@social.example follows you now.");
    assertThat(says("approve ada@social.example"))
        .isEqualTo("@ada@social.example does not wait for you.");
    assertThat(says("followers")).contains("@ada@social.example");
    assertThat(says("reject ada@social.example"))
        .isEqualTo("@ada@social.example does not follow you.");
    assertThat(says("reject ada@social.example")).contains("does not wait");
  }

  @Test
  void aLongListHasPages() {
    for (int i = 0; i < FollowOrders.PAGE + 1; i++) {
      waits("https://social.example/f%02d".formatted(i));
    }

    assertThat(says("waiting")).endsWith("For more write: waiting https://social.example/f19");
    assertThat(says("waiting https://social.example/f19"))
        .isEqualTo("21 people wait:\nhttps://social.example/f20");
    assertThat(says("waiting https://social.example/f20")).isEqualTo("That were all.");
    assertThat(says("waiting nowhere")).startsWith("Say after which URL");
  }

  @Test
  void nobodyWaitsWhoIsNotThere() {
    assertThat(says("approve nobody@social.example")).startsWith("Nobody has that address");
  }
}
