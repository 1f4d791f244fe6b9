package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.JABBER_CLIENT;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static im.tombolo.core.xml.Namespaces.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.NoticeChoice;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What romeo is told in words of what people on the fediverse do. */
class PersonalNoticeTest extends Room {
  private static final int MANY = 25;

  private String mention(Peer by, String name, String text, String more, String addressing) {
    String tag =
        "\"tag\":[{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"@romeo@example.org\"}],"
            .formatted(flows.urls().actor(ROMEO));
    return by.note(name, text, flows.now(), Optional.empty(), more + tag + addressing);
  }

  private void mentions(Peer by, String name, String text) {
    flows.receives(by.creates("c" + name, mention(by, name, text, "", Peer.TO_ALL)), by);
  }

  private void follows(Peer by, String name) {
    flows.receives(by.follow(name, flows.urls().actor(ROMEO)), by);
  }

  private List<String> bodies() {
    return flows.told().stream()
        .flatMap(notice -> notice.message().child("body", JABBER_CLIENT).stream())
        .map(Element::text)
        .toList();
  }

  @Test
  void aMentionIsToldInWordsWithAReference() {
    mentions(BOB, "1", "Hello Romeo");

    Notice notice = flows.told().getFirst();
    assertThat(notice.from()).isEqualTo(flows.virtual(BOB).toString());
    assertThat(notice.to()).isEqualTo(ROMEO.toString());
    assertThat(notice.message().attributeOr("type", "")).isEqualTo("chat");
    assertThat(notice.message().child("body", JABBER_CLIENT).orElseThrow().text())
        .isEqualTo(
            "You were mentioned by bob the first (@bob@other.example):\nHello Romeo\n"
                + BOB.post("1"));
    Element reference = notice.message().child("reference", REFERENCE).orElseThrow();
    assertThat(reference.attributes())
        .containsEntry("type", "mention")
        .containsEntry("begin", "0")
        .containsEntry("end", "3")
        .containsEntry("uri", "xmpp:romeo@example.org");
    assertThat(reference.attributeOr("anchor", ""))
        .startsWith("xmpp:bob")
        .endsWith("item=" + Ids.itemId(BOB.post("1")));
  }

  @Test
  void anAnswerThatAlsoMentionsIsToldOnce() {
    String answer = "\"inReplyTo\":\"" + post + "\",";
    flows.receives(BOB.creates("c", mention(BOB, "1", "Yes", answer, Peer.TO_ALL)), BOB);

    assertThat(bodies())
        .singleElement()
        .asString()
        .startsWith("You were answered by bob the first");
  }

  @Test
  void aLongTextIsCut() {
    mentions(BOB, "1", "x".repeat(5_000));

    assertThat(bodies())
        .singleElement()
        .asString()
        .contains("…\n" + BOB.post("1"))
        .hasSizeLessThan(700);
  }

  @Test
  void whatHasAWarningIsNotSaidUnasked() {
    String more = "\"summary\":\"The end of the play\",\"sensitive\":true,";
    flows.receives(BOB.creates("c", mention(BOB, "1", "He dies", more, Peer.TO_ALL)), BOB);

    assertThat(bodies())
        .singleElement()
        .asString()
        .contains("[The end of the play]")
        .doesNotContain("dies");
  }

  @Test
  void aPostForFollowersIsToldToFollowersOnly() {
    flows.follows(JULIET, BOB);
    String forFollowers = mention(BOB, "1", "Among us", "", BOB.toFollowers());
    flows.receives(BOB.creates("c1", forFollowers), BOB);
    assertThat(bodies()).as("juliet follows, romeo does not").isEmpty();

    flows.follows(ROMEO, BOB);
    flows.receives(BOB.creates("c2", mention(BOB, "2", "Among us", "", BOB.toFollowers())), BOB);
    assertThat(bodies()).singleElement().asString().contains("Among us");
  }

  @Test
  void aPostToNamedPeopleIsAMessageAndNoMention() {
    flows.follows(ROMEO, BOB);
    String to = "\"to\":[\"" + flows.urls().actor(ROMEO) + "\"]";
    flows.receives(BOB.creates("c", mention(BOB, "1", "Psst", "", to)), BOB);

    assertThat(bodies()).containsExactly("Psst");
  }

  @Test
  void anEditTellsOnlyWhoWasNotMeantBefore() {
    flows.follows(JULIET, BOB);
    flows.receives(BOB.creates("c", BOB.note("1", "Hello", flows.now())), BOB);
    flows.told();
    flows.advance(Duration.ofMinutes(1));
    for (String edit : List.of("u1", "u2")) {
      flows.advance(Duration.ofMinutes(1));
      String updated = "\"updated\":\"" + flows.now() + "\",";
      flows.receives(
          BOB.updates(edit, mention(BOB, "1", "Hello Romeo " + edit, updated, Peer.TO_ALL)), BOB);
    }

    assertThat(bodies()).singleElement().asString().contains("Hello Romeo u1");
  }

  @Test
  void aPostThatWasReadBeforeItArrivedIsToldAllTheSame() {
    flows.follows(JULIET, BOB);
    String early = mention(BOB, "1", "Hello", "", Peer.TO_ALL);
    flows.fediverse().holds(BOB.post("1"), early);
    flows.receives(EVE.announces("a", BOB.post("1"), flows.now()), EVE);
    flows.follows(JULIET, EVE);
    flows.receives(EVE.announces("b", BOB.post("1"), flows.now()), EVE);
    assertThat(bodies()).isEmpty();

    flows.receives(BOB.creates("c", early), BOB);

    assertThat(bodies()).singleElement().asString().contains("Hello");
  }

  @Test
  void aNewFollowerIsToldOnce() {
    follows(BOB, "f1");
    assertThat(bodies())
        .containsExactly("You are followed by bob the first (@bob@other.example).\n" + BOB.id());

    follows(BOB, "f2");
    assertThat(bodies()).as("who follows again").isEmpty();
  }

  @Test
  void whoIsBlockedCausesNothing() {
    flows.blocks().block(ROMEO, "other.example");

    mentions(BOB, "1", "Hello");
    follows(BOB, "f1");

    assertThat(flows.told()).isEmpty();
  }

  @Test
  void nodesOfServicesAreToldNothing() {
    Jid service = Jid.domain("pubsub.example.org");
    flows.xmpp().isA(service, "pubsub/service");
    flows.xmpp().opens(service, "news");

    flows.receives(BOB.follow("f1", flows.urls().actor(Jid.of("news@pubsub.example.org"))), BOB);

    assertThat(flows.sent()).extracting(Flows.Delivery::type).contains("Accept");
    assertThat(flows.told()).isEmpty();
  }

  @Test
  void whoLeftIsToldNothing() {
    flows.membership().leave(ROMEO);

    mentions(BOB, "1", "Hello");

    assertThat(flows.told()).isEmpty();
  }

  @Test
  void eachKindHasItsSwitch() {
    flows.personal().choose(ROMEO, now -> new NoticeChoice(false, now.followers()));
    mentions(BOB, "1", "Hello");
    assertThat(flows.told()).isEmpty();
    follows(BOB, "f1");
    assertThat(bodies()).hasSize(1);

    flows.personal().choose(ROMEO, now -> new NoticeChoice(true, false));
    mentions(BOB, "2", "Hello");
    assertThat(bodies()).hasSize(1);
    follows(EVE, "f1");
    assertThat(flows.told()).isEmpty();
  }

  @Test
  void choicesOutliveARestart() {
    flows.personal().choose(ROMEO, now -> new NoticeChoice(false, false));
    flows.restart();

    assertThat(flows.personal().choose(ROMEO, now -> now))
        .isEqualTo(Answer.got(new NoticeChoice(false, false)));
    assertThat(flows.personal().choose(STRANGER, now -> now)).isInstanceOf(Answer.Closed.class);
  }

  @Test
  void case77_aFloodEndsWithOneLine() {
    flows.advance(Duration.ofHours(1));
    for (int i = 0; i < MANY; i++) {
      mentions(BOB, Integer.toString(i), "Hello");
    }

    List<Notice> told = flows.told();
    assertThat(told).hasSize(21);
    assertThat(told.getLast().from()).isEqualTo(Flows.COMPONENT.toString());
    assertThat(told.getLast().message().child("body", JABBER_CLIENT).orElseThrow().text())
        .contains("more than 20 times", "notify mentions off");

    flows.advance(Duration.ofHours(1));
    mentions(BOB, "later", "Hello");
    assertThat(bodies()).hasSize(1);
  }

  @Test
  void case77_theFloodOfOneIsNotThatOfAnother() {
    for (int i = 0; i < MANY; i++) {
      mentions(BOB, Integer.toString(i), "Hello");
    }
    flows.told();
    flows.xmpp().opens(JULIET, MICROBLOG);

    flows.receives(BOB.follow("f1", flows.urls().actor(JULIET)), BOB);

    assertThat(bodies()).hasSize(1);
  }
}
