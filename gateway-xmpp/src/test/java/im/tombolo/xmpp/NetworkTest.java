package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Done;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.port.XmppNetwork.NodeMetadata;
import im.tombolo.core.port.XmppNetwork.Subscribed;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final String BLOG = "urn:xmpp:microblog:0";

  private final FakeServer server = new FakeServer();
  private final ComponentLink link = TestSettings.link(server.port());
  private final Network network = new Network(link);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private FakeServer.Link far;
  private Element asked = Element.of("iq", "").build();

  @BeforeEach
  void connect() {
    link.start(stanza -> {});
    far = server.nextLink();
    await().until(link::connected);
  }

  @AfterEach
  void disconnect() {
    link.close();
    server.close();
    threads.shutdownNow();
  }

  /** Asks, and lets the server answer. */
  private <T> Answer<T> answered(Callable<Answer<T>> question, String type, String payload)
      throws Exception {
    Future<Answer<T>> answer = threads.submit(question);
    asked = far.next();
    far.tell(
        "<iq type='%s' id='%s' from='%s' to='ap.example.org'>%s</iq>"
            .formatted(type, asked.attributeOr("id", ""), asked.attributeOr("to", ""), payload));
    return answer.get();
  }

  private String question() {
    return asked.attributeOr("type", "")
        + " "
        + XmlWriter.write(asked.elements().getFirst(), Namespaces.JABBER_CLIENT);
  }

  @Test
  void theNewestItemsAreAskedForByNobodyWhomTheBlogKnows() throws Exception {
    Answer<List<Item>> items =
        answered(
            () -> network.newestItems(ROMEO, BLOG, 2),
            "result",
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:microblog:0'>"
                + "<item id='1'><e xmlns='u'/></item><item id='2'/><item id='3'/></items></pubsub>");

    assertThat(asked.attributes())
        .containsEntry("from", "stranger@ap.example.org")
        .containsEntry("to", "romeo@example.org");
    assertThat(question())
        .isEqualTo(
            "get <pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                + "<items node='urn:xmpp:microblog:0' max_items='2'/></pubsub>");
    assertThat(items)
        .isEqualTo(
            Answer.got(
                List.of(
                    new Item("1", Optional.of(Element.of("e", "u").build())),
                    new Item("2", Optional.empty()))));
  }

  @Test
  void anAnswerWithoutItemsIsAnEmptyNode() throws Exception {
    assertThat(answered(() -> network.newestItems(ROMEO, BLOG, 2), "result", ""))
        .isEqualTo(Answer.got(List.of()));
  }

  @Test
  void theComponentsOwnJidIsSubscribed() throws Exception {
    assertThat(answered(() -> network.subscribe(ROMEO, BLOG), "result", ""))
        .isEqualTo(Answer.got(new Subscribed()));
    assertThat(question())
        .isEqualTo(
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                + "<subscribe node='urn:xmpp:microblog:0' jid='ap.example.org'/></pubsub>");
  }

  @Test
  void identitiesAreCategoryAndType() throws Exception {
    assertThat(
            answered(
                () -> network.identities(ROMEO),
                "result",
                "<query xmlns='http://jabber.org/protocol/disco#info'>"
                    + "<identity category='pubsub' type='pep'/><identity/></query>"))
        .isEqualTo(Answer.got(List.of("pubsub/pep", "/")));
    assertThat(question()).isEqualTo("get <query xmlns='http://jabber.org/protocol/disco#info'/>");
  }

  @Test
  void aNodeTellsItsTitleAndWhoIsInCharge() throws Exception {
    assertThat(
            answered(
                () -> network.metadata(ROMEO, "news"),
                "result",
                "<query xmlns='http://jabber.org/protocol/disco#info' node='news'>"
                    + "<x xmlns='jabber:x:data' type='result'>"
                    + "<field var='pubsub#title'><value>News</value></field>"
                    + "<field var='pubsub#description'><value>All of it</value></field>"
                    + "<field var='pubsub#publisher' type='jid-multi'>"
                    + "<value>romeo@example.org</value><value>juliet@example.org/x</value></field>"
                    + "<field var='pubsub#owner'><value>romeo@example.org</value></field>"
                    + "</x></query>"))
        .isEqualTo(
            Answer.got(
                new NodeMetadata(
                    "News",
                    "All of it",
                    Map.of(ROMEO, Affiliation.OWNER, JULIET, Affiliation.PUBLISHER))));
    assertThat(question())
        .isEqualTo("get <query xmlns='http://jabber.org/protocol/disco#info' node='news'/>");
  }

  @Test
  void aNodeWithoutAFormHasNoTitle() throws Exception {
    assertThat(answered(() -> network.metadata(ROMEO, "news"), "result", ""))
        .isEqualTo(Answer.got(new NodeMetadata("", "", Map.of())));
  }

  @Test
  void affiliationsAreAskedForAsOwnersDo() throws Exception {
    assertThat(
            answered(
                () -> network.affiliations(Jid.domain("pubsub.example.org"), "news"),
                "result",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>"
                    + "<affiliations node='news'>"
                    + "<affiliation jid='romeo@example.org' affiliation='owner'/>"
                    + "<affiliation jid='juliet@example.org' affiliation='outcast'/>"
                    + "<affiliation jid='x@example.org' affiliation='king'/>"
                    + "<affiliation affiliation='owner'/></affiliations></pubsub>"))
        .isEqualTo(Answer.got(Map.of(ROMEO, Affiliation.OWNER, JULIET, Affiliation.OUTCAST)));
    assertThat(question())
        .isEqualTo(
            "get <pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>"
                + "<affiliations node='news'/></pubsub>");
  }

  @Test
  void whoOwnsNothingThereIsToldNothing() throws Exception {
    assertThat(
            answered(
                () -> network.affiliations(Jid.domain("pubsub.example.org"), "news"),
                "error",
                "<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"))
        .isInstanceOf(Answer.Closed.class);
  }

  @Test
  void aVcardIsHandedOnWhole() throws Exception {
    assertThat(
            answered(
                () -> network.vcardTemp(ROMEO),
                "result",
                "<vCard xmlns='vcard-temp'><FN>Romeo</FN></vCard>"))
        .isEqualTo(
            Answer.got(Element.of("vCard", Namespaces.VCARD_TEMP).child("FN", "Romeo").build()));
  }

  @Test
  void anAnswerWithoutAVcardIsNone() throws Exception {
    assertThat(answered(() -> network.vcardTemp(ROMEO), "result", ""))
        .isEqualTo(new Answer.Missing<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbidden", "not-authorized"})
  void aRefusalIsAClosedNode(String condition) throws Exception {
    assertThat(
            answered(
                () -> network.newestItems(ROMEO, BLOG, 2),
                "error",
                "<error type='auth'><"
                    + condition
                    + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"))
        .isEqualTo(new Answer.Closed<>());
  }

  @ParameterizedTest
  @CsvSource({"not-acceptable, false", "forbidden, false", "resource-constraint, true"})
  void whatANodeWillNeverTakeIsNotOfferedAgain(String condition, boolean again) throws Exception {
    Answer<Done> answer =
        answered(
            () ->
                network.publish(
                    Jid.of("ada\\40social.example@ap.example.org"),
                    new NodeAddress(ROMEO, BLOG).item("1"),
                    Element.of("entry", Namespaces.ATOM).build()),
            "error",
            "<error type='modify'><"
                + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");

    assertThat(answer instanceof Answer.Unavailable).isEqualTo(again);
  }
}
