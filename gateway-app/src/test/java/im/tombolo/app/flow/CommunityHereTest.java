package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of pubsub services are communities to which the fediverse posts (FEP-1b12). */
class CommunityHereTest {
  private static final Jid SERVICE = Jid.domain("pubsub.example.org");
  private static final Jid CATS = Jid.of("cats@pubsub.example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void bobFollowsTheNode() {
    ADA.joins(flows.fediverse());
    flows.xmpp().isA(SERVICE, "pubsub/service");
    flows.xmpp().welcomes(SERVICE, "cats");
    flows.isFollowedBy(CATS, BOB);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
  }

  private URI group() {
    return flows.urls().actor(CATS);
  }

  private String post(String post, String text) {
    return """
    {"id":"%s","type":"Note","attributedTo":"%s","to":["https://www.w3.org/ns/activitystreams#Public"],
     "cc":["%s"],"content":"<p>%s</p>","published":"%s"}
    """
        .formatted(ADA.post(post), ADA.id(), group(), text, flows.now());
  }

  private String adaPosts(String post, String text) {
    String create = ADA.creates("c-" + post, post(post, text));
    flows.receives(create, ADA);
    flows.publish();
    return create;
  }

  private List<Delivery> sent(Peer whom) {
    return flows.sent().stream()
        .filter(delivery -> delivery.inbox().getHost().equals(whom.host()))
        .toList();
  }

  private List<Item> node() {
    return flows.xmpp().items(SERVICE, "cats");
  }

  @Test
  void aPostOfTheFediverseStandsInTheNodeUnderItsAuthorsJid() {
    adaPosts("1", "Meow");

    assertThat(node())
        .singleElement()
        .satisfies(item -> {
          assertThat(item.id()).isEqualTo(Ids.itemId(ADA.post("1")));
          assertThat(item.publisher()).contains(flows.virtual(ADA));
        });
  }

  @Test
  void itIsPassedOnByteByByteAndAnnouncedForThoseWhoKnowNoCommunities() {
    String create = adaPosts("1", "Meow");

    assertThat(sent(BOB))
        .hasSize(2)
        .allSatisfy(announce -> {
          assertThat(announce.type()).isEqualTo("Announce");
          assertThat(announce.signer()).isEqualTo(CATS);
        })
        .extracting(announce -> announce.activity().path("object").isString())
        .containsExactly(false, true);
    assertThat(flows.text("select json from activity where json like '%\"Create\"%'"))
        .contains(create.strip());
  }

  @Test
  void whereStrangersMayNotPublishThePostIsRejected() {
    flows.xmpp().reserves(SERVICE, "cats");
    adaPosts("1", "Meow");

    assertThat(node()).isEmpty();
    assertThat(flows.sent())
        .singleElement()
        .satisfies(reject -> {
          assertThat(reject.type()).isEqualTo("Reject");
          assertThat(reject.inbox()).isEqualTo(ADA.inbox());
          assertThat(reject.text("/object")).isEqualTo(ADA.activity("c-1").toString());
          assertThat(reject.text("/summary"))
              .isEqualTo("Not everybody may post in this community.");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"audience\":\"GROUP\",\"to\":[\"ALL\"]",
        "\"to\":[\"GROUP\",\"ALL\"]",
        "\"to\":[\"ALL\"],\"cc\":[\"GROUP\"]",
        "\"to\":[\"AUTHOR/followers\"],\"cc\":[\"ALL\",\"GROUP\"]",
        "\"to\":[\"ALL\"],\"tag\":[{\"type\":\"Mention\",\"href\":\"GROUP\",\"name\":\"@cats\"}]"
      })
  void whoNamesTheGroupInWhateverWayPostsIntoIt(String addressing) {
    String how =
        addressing
            .replace("GROUP", group().toString())
            .replace("AUTHOR", ADA.id().toString())
            .replace("ALL", "https://www.w3.org/ns/activitystreams#Public");
    flows.receives(
        ADA.creates("c", ADA.note("1", "Meow", flows.now(), Optional.empty(), how)), ADA);
    flows.publish();

    assertThat(node()).hasSize(1);
    assertThat(sent(BOB)).extracting(Delivery::type).containsExactly("Announce", "Announce");
  }

  @Test
  void anAnswerToWhatIsNotInTheCommunityIsNoPostOfIt() {
    flows.receives(
        ADA.creates(
            "c",
            ADA.reply("2", "Look, @cats", flows.now(), BOB.post("9"))
                .replace("\"to\"", "\"audience\":\"" + group() + "\",\"to\"")),
        ADA);
    flows.publish();

    assertThat(node()).isEmpty();
    assertThat(sent(BOB)).isEmpty();
  }

  @Test
  void whatTheServiceTellsOfSuchAnItemIsNoPostOfTheNode() {
    adaPosts("1", "Meow");
    flows.sent();
    flows.reconciler().event(SERVICE, "cats", node(), List.of());
    flows.compare();

    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void aPostForFewerPeopleDoesNotEnterTheNode() {
    flows.receives(
        ADA.creates(
            "c",
            post("1", "Psst")
                .replace("https://www.w3.org/ns/activitystreams#Public", ADA.id() + "/followers")),
        ADA);
    flows.publish();

    assertThat(node()).isEmpty();
  }

  @Test
  void aCommentIsPassedOn() {
    adaPosts("1", "Meow");
    flows.sent();
    flows.receives(
        ADA.creates(
            "c2",
            ADA.reply("2", "Purr", flows.now(), ADA.post("1"))
                .replace("\"to\"", "\"audience\":\"" + group() + "\",\"to\"")),
        ADA);

    assertThat(sent(BOB))
        .extracting(announce -> announce.text("/object/id"))
        .containsExactly(ADA.activity("c2").toString());
  }

  @Test
  void whatItsAuthorDeletesIsTakenOutAndPassedOn() {
    adaPosts("1", "Meow");
    flows.sent();
    String delete =
        ADA.deletes("d", ADA.post("1"))
            .replace("\"Tombstone\"", "\"Tombstone\",\"audience\":\"" + group() + "\"");
    flows.receives(delete, ADA);
    flows.publish();

    assertThat(node()).isEmpty();
    assertThat(sent(BOB))
        .extracting(announce -> announce.text("/object/type"))
        .containsExactly("Delete");
  }

  @Test
  void aDeleteThatNamesTheCommunityNowhereIsPassedOnAsWell() {
    adaPosts("1", "Meow");
    flows.receives(ADA.creates("c2", ADA.reply("2", "Purr", flows.now(), ADA.post("1"))), ADA);
    flows.sent();
    flows.receives(ADA.deletes("d2", ADA.post("2")), ADA);
    flows.receives(ADA.deletes("d1", ADA.post("1")), ADA);
    flows.publish();

    assertThat(node()).isEmpty();
    assertThat(sent(BOB))
        .extracting(announce -> announce.text("/object/id"))
        .containsExactly(ADA.activity("d2").toString(), ADA.activity("d1").toString());
  }

  @Test
  void whatTheNodesOwnerTakesOutIsTakenOutThereToo() {
    adaPosts("1", "Meow");
    flows.sent();
    String item = node().getFirst().id();
    flows.xmpp().drops(SERVICE, "cats", item);
    flows.reconciler().event(SERVICE, "cats", List.of(), List.of(item));

    assertThat(sent(BOB))
        .extracting(Delivery::type, activity -> activity.text("/object/type"))
        .containsExactly(tuple("Announce", "Delete"), tuple("Undo", "Announce"));
  }

  @Test
  void case71_whatCameBeforeItsServerWasBlockedIsNotPassedOn() {
    adaPosts("1", "Meow");
    flows.sent();
    assertThat(flows.receive(ADA.updates("u", post("1", "Meow again")), ADA.id()))
        .isEqualTo(new Verdict.Accepted());
    flows.ask(session -> {
      session.rules().add(new Rule(ADA.host(), Severity.SUSPEND, ""));
      return true;
    });
    flows.settings().moderation().refresh(flows.store());

    flows.work();
    flows.publish();

    assertThat(flows.sent()).isEmpty();
    assertThat(flows.rows("pubsub_task")).isZero();
  }

  @Test
  void case74_whoWantsToBeShownNowhereIsNotTaken() {
    flows.fediverse().holds(ADA.id(), ADA.document("Cats! #nobridge", "pem"));

    adaPosts("1", "Meow");

    assertThat(node()).isEmpty();
    assertThat(flows.sent())
        .extracting(Delivery::type, reject -> reject.text("/summary"))
        .containsExactly(tuple("Reject", "Your account does not want to be shown by others."));
  }

  @Test
  void case74_whatStandsThereIsTakenOutWhenItsAuthorWantsItNoMore() {
    adaPosts("1", "Meow");
    flows.sent();
    flows.fediverse().holds(ADA.id(), ADA.document("Cats! #nobridge", "pem"));

    flows.receives(ADA.says("u", "Update", "\"" + ADA.id() + "\""), ADA);
    flows.publish();

    assertThat(node()).isEmpty();
    assertThat(sent(BOB))
        .extracting(Delivery::type, activity -> activity.text("/object/type"))
        .containsExactly(tuple("Announce", "Delete"), tuple("Undo", "Announce"));
  }
}
