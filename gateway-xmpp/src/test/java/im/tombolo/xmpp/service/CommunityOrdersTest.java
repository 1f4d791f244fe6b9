package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands of those who are in charge of a community. */
class CommunityOrdersTest {
  private static final Jid JULIET = Stage.JULIET.bare();
  private static final Jid CATS = Jid.of("cats@pubsub.example.org");
  private static final ItemAddress ITEM =
      new ItemAddress(Jid.domain("pubsub.example.org"), "cats", "1");

  private final Stage stage = new Stage("example.org", "pubsub.example.org");
  private final URI post = stage.settings.urls().post(CATS, "k1");

  @BeforeEach
  void aNodeHoldsAPost() {
    LocalPost held =
        new LocalPost(
            CATS,
            "k1",
            ITEM,
            Content.of(Html.ofPlainText("Meow")),
            new Dates(Stage.NOW, Stage.NOW),
            Optional.empty(),
            Optional.empty(),
            Audience.PUBLIC,
            Discussion.NONE,
            Optional.empty(),
            Optional.empty());
    stage.store.inTransaction(session -> {
      session
          .accounts()
          .save(
              new Account(
                  CATS, ActorKind.GROUP, Account.Blog.OPEN, false, Account.Face.EMPTY, Stage.NOW));
      session.localPosts().save(held, "digest");
      session
          .discussions()
          .add(
              new Discussions.Entry(
                  post, post, Optional.empty(), stage.settings.urls().actor(CATS), Stage.NOW));
      return true;
    });
  }

  private void affiliate(Affiliation affiliation) {
    stage.store.inTransaction(session -> {
      session.decisions().saveAffiliations(CATS, Map.of(JULIET, affiliation));
      return true;
    });
  }

  private String says(String words) {
    return stage.service.chat(Stage.JULIET, words);
  }

  @Test
  void anOwnerPinsAndLocksByWhateverAddress() {
    affiliate(Affiliation.OWNER);

    assertThat(says("pin " + ITEM.uri())).isEqualTo("It is pinned.");
    assertThat(says("pin " + post)).isEqualTo("It was so before.");
    assertThat(says("unpin " + post)).isEqualTo("It is pinned no more.");
    assertThat(says("lock " + post)).isEqualTo("It takes no comments.");
    assertThat(says("unlock " + ITEM.uri())).isEqualTo("It takes comments again.");
  }

  @Test
  void membersMayNot() {
    affiliate(Affiliation.MEMBER);

    assertThat(says("lock " + post)).startsWith("Only owners and publishers");
  }

  @Test
  void thereHasToBeAPost() {
    affiliate(Affiliation.OWNER);

    assertThat(says("pin https://example.org/nothing")).startsWith("No community here");
    assertThat(says("pin")).startsWith("Write it so: ");
  }
}
