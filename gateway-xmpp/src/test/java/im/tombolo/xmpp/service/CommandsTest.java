package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ad-hoc commands (XEP-0050): polls of one's own, and votes in those of others. */
class CommandsTest {
  private static final String GATEWAY = "ap.example.org";
  private static final String ADA = Stage.jid("ada");
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example/venice");
  private static final String LIST =
      "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>";

  private final Stage stage = new Stage();

  private static String command(String node, String attributes, String inside) {
    return "<command xmlns='http://jabber.org/protocol/commands' node='%s' %s>%s</command>"
        .formatted(node, attributes, inside);
  }

  private static String submit(String fields) {
    return "<x xmlns='jabber:x:data' type='submit'>" + fields + "</x>";
  }

  private static String field(String name, String... values) {
    return "<field var='%s'><value>%s</value></field>"
        .formatted(name, String.join("</value><value>", values));
  }

  private static String poll(String question, String hours, String... options) {
    return submit(field("question", question) + field("options", options) + field("hours", hours));
  }

  private static String status(IqReply reply) {
    return Stage.payload(reply).attributeOr("status", "");
  }

  private static String note(IqReply reply) {
    return Stage.payload(reply).child("note", Namespaces.COMMANDS).orElseThrow().text();
  }

  private void adaAsks() {
    stage.peers.add(
        "ada",
        """
        {"type":"Question","id":"%s","attributedTo":"%s","content":"Tea?",
         "to":["https://www.w3.org/ns/activitystreams#Public"],"published":"2026-01-01T10:01:00Z",
         "endTime":"2026-01-03T10:00:00Z","oneOf":[{"type":"Note","name":"Yes"},{"type":"Note","name":"No"}]}
        """
            .formatted(FakePeers.post("ada", 1), FakePeers.id("ada")));
  }

  private static List<String> nodes(IqReply reply) {
    return Stage.payload(reply).elements().stream()
        .map(item -> item.attributeOr("node", ""))
        .toList();
  }

  @Test
  void theGatewayOffersPolls() {
    assertThat(nodes(stage.get(GATEWAY, LIST))).contains("start-poll", "poll-results");
    assertThat(
            Stage.words(
                stage.get(
                    GATEWAY,
                    "<query xmlns='http://jabber.org/protocol/disco#info' node='start-poll'/>")))
        .contains("command-node");
  }

  @Test
  void aPollIsStartedInOneStep() {
    IqReply form = stage.set(GATEWAY, command("start-poll", "action='execute'", ""));
    assertThat(status(form)).isEqualTo("executing");
    assertThat(Stage.words(form)).contains("var='question'", "var='options'", "<complete/>");

    IqReply done =
        stage.set(
            GATEWAY,
            command(
                "start-poll", "action='complete' sessionid='s'", poll("Tea?", "1", "Yes", "No")));
    assertThat(status(done)).isEqualTo("completed");
    assertThat(Stage.payload(done).attribute("sessionid")).contains("s");
    assertThat(note(done)).startsWith("Your poll is at https://example.org/users/");

    assertThat(note(stage.set(GATEWAY, command("poll-results", "", ""))))
        .isEqualTo("Tea?: Yes 0, No 0");
  }

  @Test
  void optionsMayComeInOneValueWithLineBreaks() {
    stage.set(GATEWAY, command("start-poll", "", poll("Tea?", "1", "Yes\nNo\n\nPerhaps")));
    assertThat(note(stage.set(GATEWAY, command("poll-results", "", ""))))
        .isEqualTo("Tea?: Yes 0, No 0, Perhaps 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tea?|x|Yes|No|for how many hours",
        "Tea?|-1|Yes|No|for how many hours",
        "Tea?|1e9|Yes|No|for how many hours",
        "Tea?|1|Yes|Yes|options",
        "' '|1|Yes|No|question",
        "Tea?|1000|Yes|No|30 days"
      })
  void aMistakeIsExplainedAndNothingPublished(
      String question, String hours, String one, String other, String about) {
    IqReply reply =
        stage.set(GATEWAY, command("start-poll", "", poll(question, hours, one, other)));
    assertThat(note(reply)).contains(about);
    assertThat(Stage.words(reply)).contains("type='error'");
    assertThat(note(stage.set(GATEWAY, command("poll-results", "", ""))))
        .isEqualTo("You have no polls.");
  }

  @Test
  void strangersStartNoPolls() {
    assertThat(
            Stage.words(
                stage.ask(
                    STRANGER,
                    GATEWAY,
                    true,
                    command("start-poll", "", poll("Tea?", "1", "Yes", "No")))))
        .isEqualTo("forbidden");
  }

  @Test
  void anAccountOffersVotesInItsOpenPolls() {
    adaAsks();
    assertThat(nodes(stage.get(ADA, LIST))).containsExactly("vote/" + Stage.item("ada", 1));
  }

  @Test
  void aVoteIsGivenByForm() {
    adaAsks();
    String node = "vote/" + Stage.item("ada", 1);
    Element form =
        Stage.payload(stage.set(ADA, command(node, "", "")))
            .child("x", Namespaces.DATA_FORMS)
            .orElseThrow();
    assertThat(
            form.child("field", Namespaces.DATA_FORMS)
                .orElseThrow()
                .children("option", Namespaces.DATA_FORMS))
        .extracting(option -> option.attributeOr("label", ""))
        .containsExactly("Yes", "No");

    assertThat(note(stage.set(ADA, command(node, "", submit(field("choice", "2"))))))
        .isEqualTo("Your vote is on its way.");
    assertThat(note(stage.set(ADA, command(node, "", submit(field("choice", "9"))))))
        .startsWith("Choose one");
    assertThat(note(stage.set(ADA, command(node, "", submit(""))))).startsWith("Choose one");
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, action='execute', item-not-found",
    "start-poll, action='dance', bad-request bad-action"
  })
  void whatIsNoCommandIsRefused(String node, String attributes, String words) {
    assertThat(Stage.words(stage.set(GATEWAY, command(node, attributes, "")))).isEqualTo(words);
  }

  @Test
  void aCommandMayBeCancelled() {
    assertThat(status(stage.set(GATEWAY, command("start-poll", "action='cancel'", ""))))
        .isEqualTo("canceled");
  }
}
