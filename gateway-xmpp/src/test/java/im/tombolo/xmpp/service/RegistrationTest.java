package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Namespaces;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joining and leaving, by registration (XEP-0077) and by commands. */
class RegistrationTest {
  private static final String GATEWAY = "ap.example.org";
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example/venice");
  private static final String REGISTER = "<query xmlns='jabber:iq:register'/>";
  private static final String REMOVE = "<query xmlns='jabber:iq:register'><remove/></query>";

  private final Stage stage = new Stage();

  @BeforeEach
  void julietHasABlog() {
    stage.network.opens(Stage.JULIET.bare(), Namespaces.MICROBLOG);
    stage.accounts.actor(Stage.JULIET.bare());
  }

  private String says(String words) {
    return stage.service.chat(Stage.JULIET, words);
  }

  private boolean isGone() {
    return stage.accounts.actor(Stage.JULIET.bare()) instanceof Answer.Gone;
  }

  @Test
  void theFormSaysWhetherOneIsThere() {
    assertThat(Stage.words(stage.get(GATEWAY, REGISTER))).contains("<registered/>", "instructions");
    stage.set(GATEWAY, REMOVE);
    assertThat(Stage.words(stage.get(GATEWAY, REGISTER))).doesNotContain("<registered/>");
  }

  @Test
  void removingLeavesAndRegisteringJoinsAgain() {
    assertThat(Stage.words(stage.set(GATEWAY, REMOVE))).isEqualTo("done");
    assertThat(isGone()).isTrue();
    assertThat(Stage.words(stage.set(GATEWAY, REMOVE))).isEqualTo("registration-required");
    assertThat(Stage.words(stage.set(GATEWAY, REGISTER))).isEqualTo("resource-constraint");

    stage.membership.runDue();
    assertThat(Stage.words(stage.set(GATEWAY, REGISTER))).isEqualTo("done");
    assertThat(isGone()).isFalse();
  }

  @Test
  void strangersAreRefused() {
    assertThat(Stage.words(stage.ask(STRANGER, GATEWAY, false, REGISTER))).isEqualTo("forbidden");
    assertThat(Stage.words(stage.ask(STRANGER, GATEWAY, true, REGISTER))).isEqualTo("forbidden");
    assertThat(Stage.words(stage.ask(STRANGER, GATEWAY, true, REMOVE))).isEqualTo("forbidden");
  }

  @Test
  void leavingTakesAYes() {
    assertThat(says("leave")).startsWith("Write it so: leave SURE");
    assertThat(says("leave perhaps")).startsWith("Nothing was done");
    assertThat(isGone()).isFalse();

    assertThat(says("leave yes")).contains("is being deleted");
    assertThat(isGone()).isTrue();
    assertThat(says("leave yes")).contains("already");
    assertThat(says("join")).contains("still being erased");
    stage.membership.runDue();
    assertThat(says("join")).contains("as soon as strangers can read your blog");
  }

  @Test
  void joiningIsNotNeeded() {
    assertThat(says("join")).startsWith("You do not have to join");
  }
}
