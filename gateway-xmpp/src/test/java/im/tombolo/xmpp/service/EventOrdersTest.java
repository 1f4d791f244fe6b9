package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands about events: the organiser's, and those of who comes. */
class EventOrdersTest {
  private static final Jid JULIET = Stage.JULIET.bare();
  private static final URI ADA = FakePeers.id("ada");

  private final Stage stage = new Stage();
  private final URI party = stage.settings.urls().post(JULIET, "party");

  @BeforeEach
  void julietHasAPartyToWhichAdaWantsToCome() {
    stage.peers.add("ada", 1);
    stage.timelines.actor(Jid.of(Stage.jid("ada")));
    var entry =
        EntryReader.read(
                Stage.xml(
                    """
                    <event xmlns='urn:xmpp:calendar-events:0'><name>Party</name>\
                    <start>2026-02-01T20:00:00Z</start><end>2026-02-01T23:00:00Z</end>\
                    <rsvp><x xmlns='jabber:x:data' type='form'/></rsvp></event>\
                    """),
                Stage.NOW)
            .value()
            .orElseThrow();
    LocalPost event =
        new LocalPost(
            JULIET,
            "party",
            new ItemAddress(JULIET, Namespaces.MICROBLOG, "party"),
            entry.content(),
            entry.dates(),
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
                  JULIET,
                  ActorKind.PERSON,
                  Account.Blog.OPEN,
                  false,
                  Account.Face.EMPTY,
                  Stage.NOW));
      session.localPosts().save(event, "digest");
      session
          .rsvps()
          .save(
              new Rsvp(
                  party,
                  ADA,
                  Rsvp.Answer.YES,
                  Rsvp.State.ASKED,
                  URI.create(ADA + "/joins"),
                  Optional.of("I dance"),
                  Stage.NOW));
      return true;
    });
  }

  private String says(String words) {
    return stage.service.chat(Stage.JULIET, words);
  }

  @Test
  void theOrganiserSeesWhoAsks() {
    assertThat(says("guests " + party)).isEqualTo("@ada@social.example: asks, I dance");
    assertThat(says("guests https://example.org/nothing")).startsWith("You have no event");
    assertThat(stage.service.chat(Jid.of("romeo@example.org/orchard"), "guests " + party))
        .startsWith("You have no event");
  }

  @Test
  void theOrganiserAdmitsAndRefuses() {
    assertThat(says("admit " + party + " ada@social.example"))
        .isEqualTo("ada@social.example may come.");
    assertThat(says("guests " + party)).isEqualTo("@ada@social.example: yes, I dance");
    assertThat(says("admit " + party + " ada@social.example")).startsWith("You have no event");
    assertThat(says("refuse " + party + " ada@social.example"))
        .isEqualTo("ada@social.example does not come.");
    assertThat(says("guests " + party)).isEqualTo("@ada@social.example: was refused, I dance");
  }

  @Test
  void nobodyIsAdmittedWhoIsNotThere() {
    assertThat(says("admit " + party + " nobody@social.example"))
        .startsWith("Nobody has that address");
    assertThat(says("admit " + party)).startsWith("Write it so: ");
  }

  @Test
  void theOrganiserInvites() {
    assertThat(says("invite " + party + " ada@social.example"))
        .isEqualTo("ada@social.example is asked to come.");
  }

  @Test
  void whoComesSaysSoByTheAddress() {
    stage.peers.put(
        FakePeers.post("ada", 9),
        """
        {"id":"%s","type":"Event","attributedTo":"%s","name":"Ball","content":"Dance!",
         "published":"2026-01-01T10:00:00Z","startTime":"2026-02-01T20:00:00Z","joinMode":"free",
         "to":["https://www.w3.org/ns/activitystreams#Public"]}
        """
            .formatted(FakePeers.post("ada", 9), ADA));

    assertThat(says("attend " + FakePeers.post("ada", 9) + " yes"))
        .isEqualTo("Your answer is on its way.");
    assertThat(says("attend " + FakePeers.post("ada", 9) + " perhaps"))
        .startsWith("Nothing was said");
    assertThat(says("attend " + FakePeers.post("ada", 1) + " yes"))
        .isNotEqualTo("Your answer is on its way.");
  }
}
