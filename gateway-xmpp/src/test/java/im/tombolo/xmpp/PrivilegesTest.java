package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Done;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.port.XmppNetwork.Privileged;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server lets us do in the name of its people (XEP-0356). */
class PrivilegesTest {
  private static final Jid ROMEO = Jid.of("romeo@" + FakeServer.DOMAIN);
  private static final String BLOG = "urn:xmpp:microblog:0";
  private static final String READ =
      "<namespace ns='http://jabber.org/protocol/pubsub' type='get'/>";
  private static final String ALL =
      "<namespace ns='http://jabber.org/protocol/pubsub' type='both'/>"
          + "<namespace ns='http://jabber.org/protocol/pubsub#owner' type='both'/>";
  // As Prosody's module writes it.
  private static final String NESTED =
      "<namespace ns='http://jabber.org/protocol/pubsub' type='both'>"
          + "<namespace ns='http://jabber.org/protocol/pubsub#owner' type='both'/></namespace>";

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

  private void grants(String from, String version, String namespaces) {
    far.tell(
        "<message from='%s' to='ap.example.org'><privilege xmlns='urn:xmpp:privilege:%s'><perm access='roster' type='get'/><perm access='iq'>%s</perm></privilege></message>"
            .formatted(from, version, namespaces));
    // The answer is read after it.
    assertThat(link.ping()).isTrue();
  }

  private Privileged own() {
    return network.privileged(ROMEO).orElseThrow();
  }

  private <T> Answer<T> answered(Callable<Answer<T>> question, String inner) throws Exception {
    Future<Answer<T>> answer = threads.submit(question);
    asked = far.next();
    far.tell(
        "<iq type='result' id='%s' from='%s' to='ap.example.org'><privilege xmlns='urn:xmpp:privilege:2'><forwarded xmlns='urn:xmpp:forward:0'>%s</forwarded></privilege></iq>"
            .formatted(asked.attributeOr("id", ""), asked.attributeOr("to", ""), inner));
    return answer.get();
  }

  private static String result(String payload) {
    return "<iq xmlns='jabber:client' type='result' id='p1' from='%s'>%s</iq>"
        .formatted(ROMEO, payload);
  }

  @Test
  void withoutLeaveThereIsNoQuestion() {
    assertThat(network.privileged(ROMEO)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {READ, ALL, NESTED})
  void closedNodesAreReadInTheNameOfTheirOwner(String granted) throws Exception {
    grants(FakeServer.DOMAIN, "2", granted);
    Privileged own = own();

    Answer<List<Item>> items =
        answered(
            () -> own.newestItems(BLOG, 5),
            result(
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:microblog:0'><item id='1'/></items></pubsub>"));

    assertThat(items.value().orElseThrow()).extracting(Item::id).containsExactly("1");
    assertThat(asked.attributeOr("to", "")).isEqualTo(ROMEO.toString());
    assertThat(asked.attributeOr("type", "")).isEqualTo("get");
    assertThat(XmlWriter.write(asked.elements().getFirst(), Namespaces.JABBER_CLIENT))
        .matches(
            "<privileged_iq xmlns='urn:xmpp:privilege:2'><iq xmlns='jabber:client' type='get' id='p\\d+' to='"
                + ROMEO
                + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:microblog:0' max_items='5'/></pubsub></iq></privileged_iq>");
  }

  @Test
  void whatIsNotLentIsNotAsked() {
    grants(FakeServer.DOMAIN, "2", READ);

    assertThat(own().retract(BLOG, "1")).isInstanceOf(Answer.Closed.class);
    assertThat(own().configuration(BLOG)).isInstanceOf(Answer.Closed.class);
  }

  @Test
  void anErrorInsideIsAnError() throws Exception {
    grants(FakeServer.DOMAIN, "2", ALL);
    Privileged own = own();

    Answer<Done> answer =
        answered(
            () -> own.retract(BLOG, "1"),
            "<iq xmlns='jabber:client' type='error' id='p1' from='%s'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
                .formatted(ROMEO));

    assertThat(answer).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void anAnswerWithNothingInsideSaysNothing() throws Exception {
    grants(FakeServer.DOMAIN, "2", ALL);
    Privileged own = own();

    assertThat(answered(() -> own.retract(BLOG, "1"), "")).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void theConfigurationIsReadAndChanged() throws Exception {
    grants(FakeServer.DOMAIN, "2", ALL);
    Privileged own = own();

    Answer<Map<String, String>> configuration =
        answered(
            () -> own.configuration(BLOG),
            result(
                "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='urn:xmpp:microblog:0'><x xmlns='jabber:x:data' type='form'><field var='pubsub#max_items'><value>1</value></field><field var='pubsub#title'/></x></configure></pubsub>"));
    assertThat(configuration.value()).contains(Map.of("pubsub#max_items", "1"));

    assertThat(answered(() -> own.configure(BLOG, Map.of("pubsub#max_items", "9")), result("")))
        .isInstanceOf(Answer.Got.class);
    assertThat(XmlWriter.write(asked))
        .contains("<field var='pubsub#max_items'><value>9</value></field>")
        .contains("http://jabber.org/protocol/pubsub#node_config");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "romeo@evil.example", "romeo@" + FakeServer.DOMAIN})
  void nobodyElseLendsAnything(String from) {
    grants(from, "2", ALL);

    assertThat(network.privileged(ROMEO)).isEmpty();
    assertThat(network.privileged(Jid.of("iago@evil.example"))).isEmpty();
  }

  @Test
  void aDomainLendsNoOthersPeople() {
    grants(FakeServer.DOMAIN, "2", ALL);
    own();

    assertThat(network.privileged(Jid.of("iago@evil.example"))).isEmpty();
    assertThat(network.privileged(Jid.domain(FakeServer.DOMAIN))).isEmpty();
  }

  @Test
  void theFirstVersionIsSpokenWhereItIsGranted() throws Exception {
    grants(FakeServer.DOMAIN, "1", ALL);
    Privileged own = own();
    Future<Answer<Done>> answer = threads.submit(() -> own.retract(BLOG, "1"));
    asked = far.next();

    assertThat(asked.elements().getFirst().is("privileged_iq", "urn:xmpp:privilege:1")).isTrue();
    link.close();
    assertThat(answer.get()).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void aNewStreamLendsAnew() {
    grants(FakeServer.DOMAIN, "2", ALL);
    own();
    far.close();
    far = server.nextLink();
    await().until(link::connected);

    assertThat(network.privileged(ROMEO)).isEmpty();
  }
}
