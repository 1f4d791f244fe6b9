package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ChatReader;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.bridge.MessageBridge;
import im.tombolo.core.bridge.MessageBridge.Outcome;
import im.tombolo.core.bridge.MessageBridge.Reason;
import im.tombolo.core.bridge.MessageEnds;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** romeo and juliet write to people of the fediverse. */
class MessageOutTest extends Room {
  private static final String RECEIPT = "<request xmlns='urn:xmpp:receipts'/>";

  @BeforeEach
  void nothingWaits() {
    flows.sent();
    flows.told();
  }

  private Outcome says(Jid from, Jid to, String id, String inside) {
    String xml =
        "<message type='chat' id='%s' from='%s' to='%s'>%s</message>"
            .formatted(id, from, to, inside);
    Element message = XmlReader.strict().read(xml, Namespaces.JABBER_CLIENT).value().orElseThrow();
    return flows.messages().said(from, to, ChatReader.read(message));
  }

  private Outcome says(String id, String inside) {
    return says(ROMEO.withResource("orchard"), flows.virtual(ADA), id, inside);
  }

  private static String body(String text) {
    return "<body>" + text + "</body>";
  }

  private Delivery onlyOne() {
    List<Delivery> sent = flows.sent();
    assertThat(sent).hasSize(1);
    return sent.getFirst();
  }

  private static Reason reason(Outcome outcome) {
    return ((Outcome.Refused) outcome).reason();
  }

  @Test
  void aMessageIsANoteForItsReaderAlone() {
    assertThat(says("m1", body("Hello, Ada &lt;3"))).isInstanceOf(Outcome.Done.class);

    Delivery create = onlyOne();
    String romeo = flows.urls().actor(ROMEO).toString();
    assertThat(create.type()).isEqualTo("Create");
    assertThat(create.inbox()).as("not the shared one").isEqualTo(ADA.inbox());
    assertThat(create.signer()).isEqualTo(ROMEO);
    for (String pointer : List.of("", "/object")) {
      assertThat(create.activity().at(pointer + "/to").toString())
          .isEqualTo("[\"" + ADA.id() + "\"]");
      assertThat(create.activity().at(pointer + "/cc").toString()).isEqualTo("[]");
    }
    assertThat(create.text("/object/type")).isEqualTo("Note");
    assertThat(create.text("/object/attributedTo")).isEqualTo(romeo);
    assertThat(create.text("/object/content")).isEqualTo("<p>Hello, Ada &lt;3</p>");
    assertThat(create.activity().at("/object/tag").toString())
        .isEqualTo(
            "[{\"type\":\"Mention\",\"name\":\"@ada@social.example\",\"href\":\"%s\"}]"
                .formatted(ADA.id()));
    assertThat(create.text("/object/context"))
        .isEqualTo(create.text("/object/conversation"))
        .startsWith(romeo + "/conversations/");
    assertThat(create.activity().toString()).doesNotContain("#Public", "followers");
  }

  @Test
  void theSameStanzaTwiceIsOneNote() {
    says("m1", body("Hello"));
    says("m1", body("Hello"));
    flows.restart();
    says("m1", body("Hello"));

    onlyOne();
  }

  @Test
  void theSameStanzaAfterItWasTakenIsNotSentAgain() {
    says("m1", body("Hello"));
    flows.ends((session, delivery) -> flows.ends().taken(session, List.of(delivery)));

    says("m1", body("Hello"));

    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void aClientThatCountsItsMessagesFromOneLosesNone() {
    says("1", body("Hello"));
    says("1", body("Goodbye"));

    assertThat(flows.sent()).hasSize(2);
  }

  @Test
  void aThreadIsAConversation() {
    says("m1", body("One") + "<thread>t</thread>");
    Delivery first = onlyOne();
    says("m2", body("Two") + "<thread>t</thread>");
    Delivery second = onlyOne();
    says("m3", body("Three") + "<thread>other</thread>");
    Delivery third = onlyOne();

    assertThat(first.activity().at("/object/inReplyTo").isMissingNode()).isTrue();
    assertThat(second.text("/object/inReplyTo")).isEqualTo(first.text("/object/id"));
    assertThat(second.text("/object/context")).isEqualTo(first.text("/object/context"));
    assertThat(third.activity().at("/object/inReplyTo").isMissingNode()).isTrue();
    assertThat(third.text("/object/context")).isNotEqualTo(first.text("/object/context"));
  }

  @Test
  void theSameThreadWithSomebodyElseIsAnotherConversation() {
    says("m1", body("One") + "<thread>t</thread>");
    Delivery first = onlyOne();
    says(ROMEO, flows.virtual(BOB), "m2", body("Two") + "<thread>t</thread>");

    Delivery second = onlyOne();
    assertThat(second.activity().at("/object/inReplyTo").isMissingNode()).isTrue();
    assertThat(second.text("/object/context")).isNotEqualTo(first.text("/object/context"));

    says("m3", body("Three") + "<thread>t</thread>");
    assertThat(onlyOne().text("/object/inReplyTo")).isEqualTo(first.text("/object/id"));
  }

  @Test
  void aThreadOfSeveralGoesOnWhoeverIsNamedFirst() {
    says("m1", body("One") + "<thread>t</thread>" + addresses(flows.virtual(BOB)));
    String first = flows.sent().getFirst().text("/object/id");
    says(
        ROMEO,
        flows.virtual(BOB),
        "m2",
        body("Two") + "<thread>t</thread>" + addresses(flows.virtual(ADA)));

    assertThat(flows.sent())
        .extracting(delivery -> delivery.text("/object/inReplyTo"))
        .containsExactly(first, first);
  }

  @Test
  void aNameOfWideCharactersIsNoError() {
    String wide = wide(900);
    assertThat(says("m1", body("One") + "<thread>" + wide + "</thread>"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(says("m2", body("Two") + "<origin-id xmlns='urn:xmpp:sid:0' id='" + wide + "'/>"))
        .isInstanceOf(Outcome.Done.class);

    assertThat(flows.sent()).hasSize(2);
  }

  /** Which no compression makes shorter. */
  private static String wide(int length) {
    Random random = new Random(1);
    return random
        .ints(length, 0x4E00, 0x9FA5)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void aClientThatCountsFromOneMaySayTheSameAgain() {
    says("1", body("Yes"));
    flows.advance(Duration.ofDays(1));
    says("1", body("Yes"));
    says("1", body("Yes"));
    flows.advance(Duration.ofDays(1));
    says("1", body("Yes"));

    assertThat(flows.sent())
        .extracting(sent -> sent.text("/object/id"))
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  void aConversationAmongOthersIsAnotherOne() {
    says("m1", body("One"));
    flows.sent();
    says("m2", body("Two") + addresses(flows.virtual(BOB)));

    assertThat(flows.sent().getFirst().activity().at("/object/inReplyTo").isMissingNode()).isTrue();
  }

  @Test
  void withoutThreadsAConversationGoesOnForAWeek() {
    says("m1", body("One"));
    String first = onlyOne().text("/object/id");
    flows.advance(Duration.ofDays(6));
    says("m2", body("Two"));
    assertThat(onlyOne().text("/object/inReplyTo")).isEqualTo(first);

    flows.advance(Duration.ofDays(8));
    says("m3", body("Three"));
    assertThat(onlyOne().activity().at("/object/inReplyTo").isMissingNode()).isTrue();
  }

  @Test
  void aReplyNamesWhatItAnswersAndNotItsQuotation() {
    says("m1", body("One") + "<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>");
    String first = onlyOne().text("/object/id");
    says("m2", body("Two"));
    flows.sent();

    says(
        "m3",
        body("&gt; One\nThree")
            + "<reply xmlns='urn:xmpp:reply:0' id='o1'/>"
            + "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
            + "<body start='0' end='6'/></fallback>");

    Delivery third = onlyOne();
    assertThat(third.text("/object/inReplyTo")).isEqualTo(first);
    assertThat(third.text("/object/content")).isEqualTo("<p>Three</p>");
  }

  private static String addresses(Jid... all) {
    StringBuilder out = new StringBuilder("<addresses xmlns='http://jabber.org/protocol/address'>");
    Stream.of(all).forEach(jid -> out.append("<address type='to' jid='").append(jid).append("'/>"));
    return out.append("</addresses>").toString();
  }

  @Test
  void severalReadersGetOneNoteHoweverManyCopiesCome() {
    String inside = body("All of you") + addresses(flows.virtual(ADA), flows.virtual(BOB));
    says("m1", inside);
    says(ROMEO, flows.virtual(BOB), "m1", inside);
    says(ROMEO, Flows.COMPONENT, "m1", inside);

    List<Delivery> sent = flows.sent();
    assertThat(sent)
        .extracting(Delivery::inbox)
        .containsExactlyInAnyOrder(ADA.inbox(), BOB.inbox());
    assertThat(sent)
        .extracting(delivery -> delivery.text("/object/id"))
        .containsOnly(sent.getFirst().text("/object/id"));
    assertThat(sent.getFirst().activity().at("/object/to")).hasSize(2);
    assertThat(sent.getFirst().activity().at("/object/tag")).hasSize(2);
  }

  @Test
  void blindCopiesAndForeignersAreNotNamed() {
    says(
        "m1",
        body("Hello")
            + "<addresses xmlns='http://jabber.org/protocol/address'>"
            + "<address type='bcc' jid='%s'/><address type='to' jid='%s'/></addresses>"
                .formatted(flows.virtual(BOB), STRANGER));

    assertThat(onlyOne().activity().toString()).doesNotContain("bob", "iago");
  }

  @Test
  void whoGetsABlindCopyIsNotNamed() {
    String inside =
        body("Hello")
            + "<addresses xmlns='http://jabber.org/protocol/address'>"
            + "<address type='to' delivered='true' jid='%s'/></addresses>"
                .formatted(flows.virtual(ADA));
    says("m1", inside);
    assertThat(onlyOne().activity().toString()).doesNotContain("bob");
    says(ROMEO, flows.virtual(BOB), "m1", inside);

    Delivery copy = onlyOne();
    assertThat(copy.inbox()).isEqualTo(BOB.inbox());
    assertThat(copy.activity().toString()).doesNotContain("ada");
  }

  @Test
  void aMessageToTooManyIsRefused() {
    Jid[] many =
        Stream.iterate(1, i -> i + 1)
            .limit(30)
            .map(i -> flows.virtual(Peer.of("p" + i, "social.example")))
            .toArray(Jid[]::new);
    flows.fediverse().forgetsQuestions();

    assertThat(reason(says("m1", body("Spam") + addresses(many)))).isEqualTo(Reason.TOO_MANY);
    assertThat(flows.fediverse().asked()).isEmpty();
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void filesAreAttachments() {
    String url = "https://files.example/cat.png";
    says("m1", body(url) + "<x xmlns='jabber:x:oob'><url>" + url + "</url></x>");
    Delivery oob = onlyOne();
    assertThat(oob.text("/object/content")).isEmpty();
    assertThat(oob.text("/object/attachment/0/url")).isEqualTo(url);

    says(
        "m2",
        body("Look: " + url)
            + "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'>"
            + "<media-type>image/png</media-type><desc>A cat</desc></file><sources>"
            + "<url-data xmlns='http://jabber.org/protocol/url-data' target='"
            + url
            + "'/></sources></file-sharing>");
    Delivery shared = onlyOne();
    assertThat(shared.text("/object/content")).contains("Look:");
    assertThat(shared.text("/object/attachment/0/type")).isEqualTo("Image");
    assertThat(shared.text("/object/attachment/0/name")).isEqualTo("A cat");
  }

  @Test
  void aCorrectionIsAnUpdate() {
    says("m1", body("Helo"));
    Delivery create = onlyOne();
    flows.ends((session, delivery) -> flows.ends().taken(session, List.of(delivery)));
    flows.advance(Duration.ofMinutes(1));
    String correction = body("Hello") + "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>";
    says("m2", correction);
    says("m2", correction);

    Delivery update = onlyOne();
    assertThat(update.type()).isEqualTo("Update");
    assertThat(update.text("/object/id")).isEqualTo(create.text("/object/id"));
    assertThat(update.text("/object/content")).isEqualTo("<p>Hello</p>");
    assertThat(update.text("/object/published")).isEqualTo(create.text("/object/published"));
    assertThat(update.text("/object/updated")).isEqualTo(flows.now().toString());
    assertThat(update.text("/object/context")).isEqualTo(create.text("/object/context"));
    assertThat(update.activity().at("/object/to")).isEqualTo(create.activity().at("/object/to"));

    says("m3", body("Hello!") + "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>");
    assertThat(onlyOne().text("/object/content")).isEqualTo("<p>Hello!</p>");
  }

  @Test
  void aCorrectionOfWhatNobodyKnowsIsAMessage() {
    says("m2", body("Hello") + "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>");

    assertThat(onlyOne().type()).isEqualTo("Create");
  }

  @Test
  void nobodyCorrectsOrTakesBackTheMessageOfAnother() {
    says("m1", body("Hello"));
    flows.sent();

    says(
        JULIET,
        flows.virtual(ADA),
        "j1",
        body("I hate you") + "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>");
    assertThat(onlyOne().type()).isEqualTo("Create");
    Outcome retraction =
        says(
            JULIET,
            flows.virtual(ADA),
            "j2",
            "<retract xmlns='urn:xmpp:message-retract:1' id='m1'/>");
    assertThat(reason(retraction)).isEqualTo(Reason.NOT_FOUND);
    assertThat(flows.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<retract xmlns='urn:xmpp:message-retract:1' id='m1'/>",
        "<apply-to xmlns='urn:xmpp:fasten:0' id='m1'>"
            + "<retract xmlns='urn:xmpp:message-retract:0'/></apply-to>"
      })
  void aRetractionIsADelete(String retract) {
    says("m1", body("Hello"));
    Delivery create = onlyOne();
    says("m2", retract + body("This person attempted to retract a message."));
    says("m2", retract);

    Delivery delete = onlyOne();
    assertThat(delete.type()).isEqualTo("Delete");
    assertThat(delete.text("/object/id")).isEqualTo(create.text("/object/id"));
    assertThat(delete.text("/object/type")).isEqualTo("Tombstone");
    assertThat(delete.activity().at("/to")).isEqualTo(create.activity().at("/to"));
    assertThat(delete.activity().toString()).doesNotContain("attempted");
    assertThat(
            reason(says("m3", body("X") + "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>")))
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void aReceiptComesWhenThePeerTookItAndOnlyToWhoAsked() {
    says("m1", body("Hello") + RECEIPT);
    says("m2", body("Hello again"));
    assertThat(flows.told()).as("nobody has it").isEmpty();

    flows.ends((session, delivery) -> flows.ends().taken(session, List.of(delivery)));
    flows.ends((session, delivery) -> flows.ends().taken(session, List.of(delivery)));

    assertThat(flows.told())
        .singleElement()
        .satisfies(receipt -> {
          assertThat(receipt.from()).isEqualTo(flows.virtual(ADA).toString());
          assertThat(receipt.to()).isEqualTo("romeo@example.org/orchard");
          assertThat(
                  receipt
                      .message()
                      .child("received", Namespaces.RECEIPTS)
                      .orElseThrow()
                      .attributes())
              .containsEntry("id", "m1");
        });
  }

  @Test
  void whatWasSaidIsForgottenWhenTheLastPeerHasIt() {
    says("m1", body("A secret") + addresses(flows.virtual(BOB)));
    long before = flows.rows("activity where json like '%A secret%'");
    List<Deliveries.Delivery> others = new ArrayList<>();
    flows.ends((session, delivery) -> {
      if (delivery.inbox().equals(ADA.inbox())) {
        flows.ends().taken(session, List.of(delivery));
      } else {
        others.add(delivery);
      }
    });
    long halfway = flows.rows("activity where json like '%A secret%'");
    flows.ask(session -> session.messages().ended(others));

    assertThat(before).isOne();
    assertThat(halfway).isOne();
    assertThat(flows.rows("activity where json like '%A secret%'")).isZero();
    assertThat(flows.rows("message where document::text like '%A secret%'")).isZero();
  }

  @Test
  void theSenderIsToldThatAMessageNeverArrived() {
    says("m1", body("Hello"));
    flows.ends((session, delivery) -> flows.ends().givenUp(session, delivery, false));
    says("m2", body("Hello"));
    flows.ends((session, delivery) -> flows.ends().givenUp(session, delivery, true));

    List<Notice> errors = flows.told();
    assertThat(errors).extracting(Notice::id).containsExactly("m1", "m2");
    assertThat(errors)
        .extracting(error -> error.message().attributeOr("type", ""))
        .containsOnly("error");
    assertThat(errors)
        .extracting(error ->
            error
                .message()
                .child("error", Namespaces.JABBER_CLIENT)
                .orElseThrow()
                .elements()
                .getFirst()
                .name())
        .containsExactly("remote-server-timeout", "undefined-condition");
    assertThat(errors.getFirst().message().text()).contains("social.example did not answer");
    assertThat(errors.getFirst().to()).isEqualTo("romeo@example.org/orchard");
    assertThat(flows.rows("activity where json like '%Hello%'")).isZero();
  }

  @Test
  void whoMayHaveLeftTheDeviceIsToldInWordsAsWell() {
    says("m1", body("Hello"));
    flows.advance(Duration.ofDays(7));
    flows.ends((session, delivery) -> flows.ends().givenUp(session, delivery, false));

    List<Notice> told = flows.told();
    assertThat(told)
        .extracting(Notice::to)
        .containsExactly("romeo@example.org/orchard", "romeo@example.org");
    assertThat(
            told.getLast().message().child("body", Namespaces.JABBER_CLIENT).orElseThrow().text())
        .contains("was not delivered: social.example did not answer.");
  }

  private static String reactions(String id, String... emojis) {
    return "<reactions xmlns='urn:xmpp:reactions:0' id='%s'>%s</reactions>"
        .formatted(
            id,
            Stream.of(emojis)
                .map(emoji -> "<reaction>" + emoji + "</reaction>")
                .collect(Collectors.joining()));
  }

  @Test
  void reactionsToAMessageAreLikesOfItAndEndWithTheNextOnes() {
    says("m1", body("Hello"));
    String note = onlyOne().text("/object/id");
    says("m2", reactions("m1", "👍", "❤️"));
    List<Delivery> likes = flows.sent();
    assertThat(likes).extracting(Delivery::type).containsExactly("Like", "Like");
    assertThat(likes).extracting(like -> like.text("/object")).containsOnly(note);
    assertThat(likes).extracting(like -> like.text("/content")).containsExactly("", "👍");
    assertThat(likes).extracting(Delivery::inbox).containsOnly(ADA.inbox());

    says("m3", reactions("m1", "❤️"));
    Delivery undo = onlyOne();
    assertThat(undo.type()).isEqualTo("Undo");
    assertThat(undo.text("/object/content")).isEqualTo("👍");
    assertThat(reason(says("m4", reactions("unknown", "❤️")))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void onlyPeopleOfTheFediverseMayWrite() {
    assertThat(reason(says(STRANGER, flows.virtual(ADA), "m1", body("Hello"))))
        .isEqualTo(Reason.STRANGER);
    flows.membership().leave(JULIET);
    assertThat(reason(says(JULIET, flows.virtual(ADA), "m1", body("Hello"))))
        .isEqualTo(Reason.NOT_JOINED);
    flows.restart(new Choices(Consent.OPT_IN, true));
    assertThat(reason(says("m1", body("Hello")))).isEqualTo(Reason.NOT_JOINED);
    flows.membership().join(ROMEO);
    says("m1", body("Hello"));

    assertThat(onlyOne().type()).isEqualTo("Create");
  }

  @Test
  void whoWritesBecomesAnActor() {
    says(JULIET, flows.virtual(ADA), "m1", body("Hello"));

    assertThat(flows.accounts().actor(JULIET).value()).isPresent();
  }

  @Test
  void nobodyWritesToWhomTheyBlock() {
    flows.blocks().block(ROMEO, "social.example");
    flows.sent();

    assertThat(reason(says("m1", body("Hello")))).isEqualTo(Reason.BLOCKED);
    assertThat(reason(says("m2", reactions("m0", "❤️")))).isEqualTo(Reason.BLOCKED);
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void whoIsNotThereOrDoesNotAnswerIsSaid() {
    Peer nobody = Peer.of("nobody", "social.example");
    assertThat(reason(says(ROMEO, flows.virtual(nobody), "m1", body("Hello"))))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(says(ROMEO, Jid.of("x@ap.example.org"), "m1", body("Hello"))))
        .isEqualTo(Reason.NOT_FOUND);
    flows.fediverse().goesDown("down.example");
    Peer down = Peer.of("ada", "down.example");
    assertThat(reason(says(ROMEO, flows.virtual(down), "m1", body("Hello"))))
        .isEqualTo(Reason.LATER);
  }

  @Test
  void aFloodIsStopped() {
    for (int i = 0; i < MessageBridge.MAX_A_MINUTE; i++) {
      assertThat(says("m" + i, body("Hello"))).isInstanceOf(Outcome.Done.class);
    }
    assertThat(reason(says("more", body("Hello")))).isEqualTo(Reason.TOO_MANY);
    assertThat(says(JULIET, flows.virtual(ADA), "j", body("Hello")))
        .isInstanceOf(Outcome.Done.class);

    flows.advance(Duration.ofMinutes(1));
    assertThat(says("later", body("Hello"))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aTextThatIsTooLongIsRefusedWhole() {
    assertThat(reason(says("m1", body("x".repeat(30_000))))).isEqualTo(Reason.TOO_LONG);
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void anAnswerToAnEventThatDoesNotSayToWhichIsRefusedInWords() {
    Outcome outcome =
        says(
            "m1",
            body("I come!")
                + "<rsvp xmlns='urn:xmpp:calendar-events:0'><x xmlns='jabber:x:data'"
                + " type='submit'><field var='attending'><value>yes</value></field></x></rsvp>");

    assertThat(reason(outcome)).isEqualTo(Reason.ABOUT_NOTHING);
    assertThat(((Outcome.Refused) outcome).words()).contains("attend");
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void anEncryptedMessageNeverCrosses() {
    Outcome outcome =
        says(
            "m1",
            body("I sent you an OMEMO encrypted message")
                + "<encrypted xmlns='eu.siacs.conversations.axolotl'/>");

    assertThat(reason(outcome)).isEqualTo(Reason.ENCRYPTED);
    assertThat(((Outcome.Refused) outcome).words()).contains("OMEMO", "not sent");
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void messagesAreForgottenAfterHalfAYearAndWhenTheirOwnerLeaves() {
    says("m1", body("Hello"));
    flows.advance(MessageEnds.REMEMBERED.plusDays(1));
    says(JULIET, flows.virtual(ADA), "m2", body("Hello"));
    assertThat(flows.ends().forgetOld()).isOne();
    assertThat(flows.rows("message")).isOne();

    flows.membership().leave(JULIET);
    flows.erase();
    assertThat(flows.rows("message")).isZero();
  }

  @Test
  void reactionsToMessagesOfWhoLeavesAreTakenBackAndForgotten() {
    says("m1", body("Hello"));
    URI note = URI.create(onlyOne().text("/object/id"));
    flows.receives(ADA.likes("l1", note), ADA);
    says("m2", reactions("m1", "❤️"));
    flows.sent();
    flows.membership().leave(ROMEO);
    flows.erase();

    assertThat(flows.rows("reaction")).isZero();
    assertThat(flows.deliveries())
        .filteredOn(delivery -> delivery.text("/object/object").equals(note.toString()))
        .extracting(Delivery::inbox)
        .containsExactly(ADA.inbox());
  }

  @Test
  void whatWasThoughtOfMessagesOfWhoIsGoneIsForgotten() {
    says("m1", body("Hello"));
    says("m2", reactions("m1", "❤️"));
    flows.fediverse().answers(ADA.id(), new Answer.Gone<>());
    flows.receives(ADA.deletes("d1", ADA.id()), ADA);

    assertThat(flows.rows("message")).isZero();
    assertThat(flows.rows("reaction")).isZero();
  }
}
