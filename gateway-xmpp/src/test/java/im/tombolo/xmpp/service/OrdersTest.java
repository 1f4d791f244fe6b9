package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own commands, by forms and by words of a chat. */
class OrdersTest {
  private static final String GATEWAY = "ap.example.org";
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example/venice");
  private static final Jid JULIET = Stage.JULIET.bare();
  private static final String LIST =
      "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>";

  private final Stage stage = new Stage();

  @BeforeEach
  void meet() {
    stage.peers.add("ada", 1);
  }

  private String says(String words) {
    return stage.service.chat(Stage.JULIET, words);
  }

  private static String command(String node, String inside) {
    return "<command xmlns='http://jabber.org/protocol/commands' node='%s'>%s</command>"
        .formatted(node, inside);
  }

  private static String submit(String field, String value) {
    return "<x xmlns='jabber:x:data' type='submit'><field var='%s'><value>%s</value></field></x>"
        .formatted(field, value);
  }

  private String note(String node, String inside) {
    return Stage.payload(stage.set(GATEWAY, command(node, inside)))
        .child("note", Namespaces.COMMANDS)
        .orElseThrow()
        .text();
  }

  private static List<String> nodes(IqReply reply) {
    return Stage.payload(reply).elements().stream()
        .map(item -> item.attributeOr("node", ""))
        .toList();
  }

  private void isFollowed(int times) {
    stage.store.inTransaction(session -> {
      for (int i = 0; i < times; i++) {
        URI actor = URI.create("https://social.example/f%02d".formatted(i));
        session
            .followers()
            .add(JULIET, new Follower(actor, actor, Optional.empty(), URI.create(actor + "/f")));
      }
      return true;
    });
  }

  @Test
  void theListHasWhatOneMayUse() {
    assertThat(nodes(stage.get(GATEWAY, LIST)))
        .contains("me", "find", "follow", "unfollow", "followers", "start-poll");
    assertThat(nodes(stage.ask(STRANGER, GATEWAY, false, LIST)))
        .contains("find")
        .doesNotContain("me", "follow");
  }

  @Test
  void helpListsWordsAndTheirArguments() {
    assertThat(says("  Help "))
        .contains("find ADDRESS: What an address is on the other side", "followers [AFTER]: ");
    assertThat(stage.service.chat(STRANGER, "help")).contains("find").doesNotContain("unfollow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dance", "please find ada@social.example"})
  void otherWordsGetAHint(String words) {
    assertThat(says(words)).contains("Write help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"find", "me too", "follow"})
  void tooFewOrTooManyWordsAreExplained(String words) {
    assertThat(says(words)).startsWith("Write it so: ");
  }

  @Test
  void aLongMessageIsNotRead() {
    assertThat(says("find " + "a".repeat(9_000))).isEqualTo("That is too long.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@social.example",
        "@ada@social.example",
        "https://social.example/ada",
        "ada\\40social.example@ap.example.org",
        "xmpp:ada%5C40social.example@ap.example.org",
      })
  void aPersonOfTheFediverseIsFoundByAnyAddress(String address) {
    String found =
        "Miss ada: @ada@social.example on the fediverse, ada\\40social.example@ap.example.org on"
            + " XMPP (https://social.example/ada/profile)";
    assertThat(says("find " + address)).isEqualTo(found);
    assertThat(note("find", submit("address", address))).isEqualTo(found);
    assertThat(stage.service.chat(STRANGER, "FIND " + address)).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "juliet@example.org",
        "xmpp:juliet@example.org",
        "https://example.org/users/example.org/juliet",
      })
  void aServedPersonIsFoundByAnyAddress(String address) {
    stage.network.opens(JULIET, Namespaces.MICROBLOG);
    assertThat(says("find " + address))
        .isEqualTo(
            "juliet: @juliet@example.org on the fediverse, juliet@example.org on XMPP"
                + " (https://example.org/users/example.org/juliet)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob@social.example",
        "nobody",
        "http://",
        "https://example.org/actor",
        "romeo@example.org",
        "xmpp:x@y",
      })
  void whoIsNotThereIsNotFound(String address) {
    assertThat(says("find " + address)).startsWith("Nobody has that address");
  }

  @Test
  void aServerThatDoesNotAnswerIsToldFromNobody() {
    stage.peers.silent("bob");
    assertThat(says("find bob@social.example")).contains("does not answer");
  }

  @Test
  void onesOwnAddressIsToldBeforeAndAfter() {
    assertThat(says("me"))
        .startsWith("You are not on the fediverse")
        .endsWith("@juliet@example.org, https://example.org/users/example.org/juliet");
    says("follow ada@social.example");
    assertThat(note("me", "")).startsWith("You are @juliet@example.org, https://");
  }

  @Test
  void aFollowIsAskedForOnceAndTakenBack() {
    assertThat(says("follow @ada@social.example")).contains("was asked");
    assertThat(note("follow", submit("address", "https://social.example/ada")))
        .contains("was asked");
    long waiting = stage.store.inTransaction(session -> session.deliveries().waiting());
    assertThat(waiting).isEqualTo(1);

    assertThat(says("unfollow ada@social.example")).contains("any more");
    assertThat(says("unfollow ada@social.example")).startsWith("You do not follow");
  }

  @Test
  void aPersonOfOursIsNotFollowedThroughTheGateway() {
    stage.network.opens(JULIET, Namespaces.MICROBLOG);
    assertThat(says("follow juliet@example.org")).contains("Follow them there");
    assertThat(
            stage.store.<Long>inTransaction(session -> session.deliveries().waiting()).longValue())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"follow, address", "me, ''", "followers, ''"})
  void strangersMayNot(String node, String field) {
    String form = field.isEmpty() ? "" : submit(field, "ada@social.example");
    assertThat(Stage.words(stage.ask(STRANGER, GATEWAY, true, command(node, form))))
        .isEqualTo("forbidden");
    assertThat(stage.service.chat(STRANGER, node)).contains("own servers");
    assertThat(
            stage.store.<Long>inTransaction(session -> session.deliveries().waiting()).longValue())
        .isZero();
  }

  @Test
  void anEmptyFieldIsExplained() {
    assertThat(note("follow", submit("address", " "))).startsWith("Fill in: ");
    assertThat(note("follow", submit("other", "x"))).startsWith("Fill in: ");
  }

  @Test
  void followersComeInPages() {
    assertThat(says("followers")).isEqualTo("Nobody on the fediverse follows you.");
    isFollowed(21);
    assertThat(says("followers"))
        .startsWith("21 people follow you:")
        .contains("/f00", "/f19")
        .doesNotContain("/f20")
        .endsWith("For more write: followers https://social.example/f19");
    assertThat(says("followers https://social.example/f19")).contains("/f20");
    assertThat(says("followers x")).contains("URL");

    String form = Stage.words(stage.set(GATEWAY, command("followers", "")));
    assertThat(form).contains("executing", "<value>https://social.example/f19</value>");
    assertThat(note("followers", submit("after", "https://social.example/f19"))).contains("/f20");
  }

  @Test
  void blocksAreMadeListedAndTakenBack() {
    assertThat(says("blocks")).isEqualTo("You block nobody.");
    assertThat(says("block ada@social.example")).contains("is blocked");
    assertThat(note("block", submit("address", "bad.example"))).contains("bad.example is blocked");
    assertThat(says("blocks")).isEqualTo("bad.example\nhttps://social.example/ada");

    assertThat(says("unblock bad.example")).contains("any more");
    assertThat(note("unblock", submit("address", "https://social.example/ada")))
        .contains("any more");
    assertThat(says("unblock bad.example")).startsWith("You do not block");
    assertThat(says("block example.org")).contains("not on the fediverse");
    assertThat(says("blocks")).isEqualTo("You block nobody.");
  }

  @Test
  void case76_peopleAreReportedToTheirServer() {
    assertThat(says("flag ada@social.example She sells watches"))
        .isEqualTo(
            "The moderators of social.example are told, without your name. Those of this gateway"
                + " know that it was you.");
    assertThat(says("flag romeo@example.org Too loud")).contains("not on the fediverse");
    assertThat(says("flag nobody@social.example Who?")).contains("Nobody has that address");
    assertThat(says("flag ada@social.example")).contains("flag ADDRESS REASON");
    assertThat(stage.service.chat(STRANGER, "flag ada@social.example Spam"))
        .doesNotContain("are told");
  }

  @Test
  void aReportNamesTheServersOfAPost() {
    assertThat(says("report")).isEqualTo("You have no posts on the fediverse.");
    isFollowed(1);
    stage.set(GATEWAY, command("start-poll", poll()));

    String all = says("report");
    assertThat(all).startsWith("Tea? (https://").endsWith("\nWaiting for (1): social.example");
    String address = all.substring(all.indexOf("https"), all.indexOf(')'));
    assertThat(note("report", submit("post", address))).isEqualTo(all);
    assertThat(says("report https://social.example/ada")).startsWith("That is no post of yours");
    assertThat(says("report !")).startsWith("That is no post of yours");
  }

  private static String poll() {
    return "<x xmlns='jabber:x:data' type='submit'><field var='question'><value>Tea?</value></field>"
        + "<field var='options'><value>Yes</value><value>No</value></field></x>";
  }

  private void bobAsks() {
    String question =
        """
        {"type":"Question","id":"%s","attributedTo":"%s","content":"Tea?",
         "to":["https://www.w3.org/ns/activitystreams#Public"],"published":"2026-01-01T10:01:00Z",
         "endTime":"2026-01-03T10:00:00Z","oneOf":[{"type":"Note","name":"Yes"},{"type":"Note","name":"No"}]}
        """
            .formatted(FakePeers.post("bob", 1), FakePeers.id("bob"));
    stage.peers.add("bob", question);
    stage.peers.put(FakePeers.post("bob", 1), question);
    stage.peers.put(URI.create("https://social.example/@bob/1"), question);
  }

  @ParameterizedTest
  @CsvSource({
    "https://social.example/bob/posts/1, 2",
    "https://social.example/@bob/1, yes",
    "xmpp:bob%5C40social.example@ap.example.org?;node=urn%3Axmpp%3Amicroblog%3A0;item=ITEM, No",
  })
  void aVoteIsGivenByTheAddressOfThePoll(String address, String answer) {
    bobAsks();
    String words = "vote " + address.replace("ITEM", Stage.item("bob", 1)) + " " + answer;
    assertThat(says(words)).isEqualTo("Your vote is on its way.");
    long waiting = stage.store.inTransaction(session -> session.deliveries().waiting());
    assertThat(waiting).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "https://social.example/bob/posts/1, 3, no such answer",
    "https://social.example/bob/posts/1, 1 2, no such answer",
    "https://social.example/bob/posts/9, 1, no poll",
    "nowhere, 1, no poll",
  })
  void aVoteThatCannotBeIsExplained(String address, String answer, String about) {
    bobAsks();
    assertThat(says("vote " + address + " " + answer)).contains(about);
    assertThat(stage.service.chat(STRANGER, "vote " + address + " 1")).contains("own servers");
    long waiting = stage.store.inTransaction(session -> session.deliveries().waiting());
    assertThat(waiting).isZero();
  }

  @Test
  void aPollIsStartedInTheChat() {
    assertThat(says("start-poll Tea? / Yes")).startsWith("Nothing was published");
    assertThat(says("start-poll Tea or coffee? / Yes please/ No")).startsWith("Your poll is at ");
    assertThat(says("poll-results")).isEqualTo("Tea or coffee?: Yes please 0, No 0");
  }

  @Test
  void whatOneIsToldIsSwitched() {
    assertThat(says("notify")).isEqualTo("Mentions and answers: on. New followers: on.");
    assertThat(says("notify mentions off"))
        .isEqualTo("Mentions and answers: off. New followers: on.");
    String form =
        "<x xmlns='jabber:x:data' type='submit'><field var='what'><value>followers</value></field>"
            + "<field var='switch'><value>OFF</value></field></x>";
    assertThat(note("notify", form)).isEqualTo("Mentions and answers: off. New followers: off.");
    assertThat(says("notify")).isEqualTo("Mentions and answers: off. New followers: off.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"notify mentions", "notify on", "notify likes on", "notify mentions of"})
  void whatIsNoSwitchChangesNothing(String words) {
    assertThat(says(words)).startsWith("Nothing was changed.");
    assertThat(says("notify")).isEqualTo("Mentions and answers: on. New followers: on.");
  }

  @Test
  void onesDataIsOfferedByAnAddress() {
    assertThat(says("export")).contains("https://example.org/users/example.org/juliet/export/");
    assertThat(stage.service.chat(STRANGER, "export")).contains("own servers");
  }
}
