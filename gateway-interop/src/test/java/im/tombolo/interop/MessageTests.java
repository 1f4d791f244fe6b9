package im.tombolo.interop;

import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.got;
import static im.tombolo.interop.Town.steadily;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.Xml;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People write to each other across the two networks. */
interface MessageTests {
  String WITH_NAME = "//*[local-name()='%s']";

  Town town();

  private static String from(String jid, String text) {
    return "/c:message[@from='%s'][@type='chat'][c:body[contains(.,'%s')]]".formatted(jid, text);
  }

  private void romeoSends(String user, String id, String inside) {
    town()
        .romeo
        .send(
            "<message xmlns='jabber:client' type='chat' id='%s' to='%s'>%s</message>"
                .formatted(id, Xml.escape(town().jid(user)), inside));
  }

  private FedifyPeer.Post writes(String user, String text, Map<String, String> more) {
    Map<String, Object> content = new HashMap<>(more);
    content.put("to", "direct");
    content.putIfAbsent("mention", "acct:" + town().romeo.bareJid());
    return town().fedify.post(user, "<p>" + text + "</p>", content);
  }

  @Test
  default void aMessageToSomebodyOfTheFediverseArrivesAndIsAcknowledged() {
    String ada = unique("ada");
    String text = unique("hello");
    String id = unique("m");
    romeoSends(ada, id, "<body>" + text + "</body><request xmlns='urn:xmpp:receipts'/>");

    Received create = eventuallyGets(town().fedify, "Create", text);
    assertThat(create.object().path("to").toString()).contains(town().fedify.actor(ada));
    assertThat(create.json().toString()).doesNotContain("#Public", "as:Public");
    assertThat(create.object().path("tag").toString()).contains("Mention");
    town().romeo.awaitEvent("/c:message" + WITH_NAME.formatted("received") + "[@id='" + id + "']");

    town().fedify.reactToMessage(ada, create.objectId(), town().actorOf(town().romeo), "🔥");
    town()
        .romeo
        .awaitEvent(
            "/c:message"
                + WITH_NAME.formatted("reactions")
                + "[@id='%s'][contains(.,'🔥')]".formatted(id));

    String better = unique("better");
    romeoSends(
        ada,
        unique("m"),
        "<body>%s</body><replace xmlns='urn:xmpp:message-correct:0' id='%s'/>"
            .formatted(better, id));
    assertThat(eventuallyGets(town().fedify, "Update", better).objectId())
        .isEqualTo(create.objectId());
    romeoSends(ada, unique("m"), "<retract xmlns='urn:xmpp:message-retract:1' id='" + id + "'/>");
    eventually()
        .until(() ->
            got(town().fedify, "Delete", create.objectId()).stream()
                .map(Received::objectId)
                .anyMatch(create.objectId()::equals));
  }

  @Test
  default void aNoteToSomebodyHereIsAMessageThatCanBeAnsweredEditedAndTakenBack() {
    String ada = unique("ada");
    String text = unique("psst");
    eventually().until(() -> town().webfinger(town().romeo.bareJid()).status() == 200);
    FedifyPeer.Post note = writes(ada, text, Map.of());

    Xml told = town().romeo.awaitEvent(from(town().jid(ada), text));
    String id = told.text("/c:message/@id");
    String answer = unique("answer");
    romeoSends(
        ada,
        unique("m"),
        "<body>%s</body><reply xmlns='urn:xmpp:reply:0' to='%s' id='%s'/>"
            .formatted(answer, Xml.escape(town().jid(ada)), id));
    assertThat(
            eventuallyGets(town().fedify, "Create", answer).object().path("inReplyTo").asString(""))
        .isEqualTo(note.id());

    romeoSends(
        ada,
        unique("m"),
        "<reactions xmlns='urn:xmpp:reactions:0' id='%s'><reaction>👍</reaction></reactions>"
            .formatted(id));
    assertThat(eventuallyGets(town().fedify, "Like", note.id()).json().path("content").asString())
        .isEqualTo("👍");

    String better = unique("louder");
    town().fedify.edit(ada, note.id(), "<p>" + better + "</p>");
    Xml edit = town().romeo.awaitEvent(from(town().jid(ada), better));
    assertThat(edit.text(WITH_NAME.formatted("replace") + "/@id")).isEqualTo(id);
    town().fedify.delete(ada, note.id());
    town().romeo.awaitEvent("/c:message" + WITH_NAME.formatted("retract") + "[@id='" + id + "']");
    assertThat(town().julietGot(ada, text)).isEmpty();
  }

  @Test
  default void anEncryptedMessageIsSentBackAndItsBodyNeverCrosses() {
    String ada = unique("ada");
    String text = unique("fallback");
    String id = unique("m");
    romeoSends(
        ada, id, "<body>" + text + "</body><encrypted xmlns='eu.siacs.conversations.axolotl'/>");

    Xml error = town().romeo.awaitEvent("/c:message[@type='error'][@id='" + id + "']");
    assertThat(error.has(WITH_NAME.formatted("not-acceptable"))).isTrue();
    assertThat(error.text(WITH_NAME.formatted("text"))).contains("encrypted");
    steadily().until(() -> got(town().fedify, "Create", text).isEmpty());
  }

  @Test
  default void aMessageThatIsRefusedAtFirstArrivesLater() {
    String ada = unique("ada");
    String first = unique("first");
    romeoSends(ada, unique("m"), "<body>" + first + "</body>");
    eventuallyGets(town().fedify, "Create", first);
    town().fedify.fail(2);
    String text = unique("late");
    String id = unique("m");
    romeoSends(ada, id, "<body>" + text + "</body><request xmlns='urn:xmpp:receipts'/>");
    eventually()
        .until(() ->
            town().fedify.posted().stream()
                .anyMatch(posted -> posted.status() == 503 && posted.body().contains(text)));

    eventuallyGets(town().fedify, "Create", text);
    town().romeo.awaitEvent("/c:message" + WITH_NAME.formatted("received") + "[@id='" + id + "']");
    assertThat(got(town().fedify, "Create", text)).hasSize(1);
  }
}
