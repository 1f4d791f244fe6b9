package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.Reconciler;
import im.tombolo.core.bridge.References;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.xmpp.service.FakePeers;
import im.tombolo.xmpp.service.Stage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stanzas as they come over a real link, good and bad ones. */
class IncomingTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final String FROM = "from='juliet@example.org/balcony'";
  private static final String ADA = "to='ada\\40social.example@ap.example.org'";
  private static final String INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";

  private final Stage stage = new Stage();
  private final FakeServer server = new FakeServer();
  private final ComponentLink link = TestSettings.link(server.port());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private FakeServer.Link far;

  @BeforeEach
  void connect() {
    stage.peers.add("ada", 1);
    Network network = new Network(link);
    Keyring keyring =
        new Keyring(
            stage.store, stage.settings.urls(), KeyPairSource.rsa(), stage.settings.clock());
    LocalAccounts accounts = new LocalAccounts(stage.store, network, stage.settings);
    References references =
        new References(
            stage.directory,
            stage.timelines,
            stage.settings,
            questions -> questions.forEach(Runnable::run));
    CommentBridge comments =
        new CommentBridge(
            stage.store,
            network,
            references,
            stage.timelines,
            new PollBridge(stage.store, references, stage.timelines, stage.settings),
            stage.settings);
    Reconciler reconciler =
        new Reconciler(
            stage.store, network, accounts, keyring, references, comments, stage.settings);
    link.start(new Incoming(link, stage.service, reconciler, threads));
    far = server.nextLink();
    await().until(link::connected);
  }

  @AfterEach
  void disconnect() {
    link.close();
    server.close();
    threads.shutdownNow();
  }

  private static String condition(Element stanza) {
    return stanza.child("error", Namespaces.JABBER_CLIENT).stream()
        .flatMap(error -> error.elements().stream())
        .map(Element::name)
        .findFirst()
        .orElse("");
  }

  /** The link is up and works, whatever came before. */
  private void assertAlive() {
    far.tell(
        "<iq type='get' id='alive' "
            + FROM
            + " to='ap.example.org'><ping xmlns='urn:xmpp:ping'/></iq>");
    Element pong = far.next();
    assertThat(pong.attributes()).containsEntry("id", "alive").containsEntry("type", "result");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aMessageToTheGatewayIsAnsweredInWords() {
    far.tell(
        "<message type='chat' id='m1' "
            + FROM
            + " to='ap.example.org'><body>help</body></message>");

    Element answer = far.next();
    assertThat(answer.attributes())
        .containsEntry("type", "chat")
        .containsEntry("from", "ap.example.org")
        .containsEntry("to", "juliet@example.org/balcony");
    assertThat(answer.child("body", Namespaces.JABBER_CLIENT).orElseThrow().text())
        .contains("find ADDRESS");
  }

  @Test
  void whoWritesTooMuchAtOnceIsPutOff() {
    stage.peers.hold();
    // One is worked on, ten wait.
    for (int i = 0; i < 13; i++) {
      far.tell(
          "<message type='chat' id='%s' %s to='ap.example.org'><body>find bob@social.example</body></message>"
              .formatted(i, FROM));
    }

    for (int i = 11; i < 13; i++) {
      Element refused = far.next();
      assertThat(refused.attribute("id")).contains(Integer.toString(i));
      assertThat(condition(refused)).isEqualTo("resource-constraint");
    }
    stage.peers.release();
    for (int i = 0; i < 11; i++) {
      assertThat(far.next().attributes())
          .containsEntry("id", Integer.toString(i))
          .containsEntry("type", "chat");
    }
  }

  @Test
  void whatServicesSayIsNotAnswered() {
    far.tell(
        "<message type='chat' from='other.example' to='ap.example.org'><body>help</body></message>");
    far.tell("<message type='error' " + FROM + " to='ap.example.org'><body>help</body></message>");

    assertAlive();
  }

  @Test
  void aPingIsAnswered() {
    far.tell("<iq type='get' id='p1' " + FROM + " " + ADA + "><ping xmlns='urn:xmpp:ping'/></iq>");

    Element pong = far.next();
    assertThat(pong.elements()).isEmpty();
    assertThat(pong.attributes())
        .containsEntry("type", "result")
        .containsEntry("id", "p1")
        .containsEntry("from", "ada\\40social.example@ap.example.org")
        .containsEntry("to", "juliet@example.org/balcony");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada\\40social.example@ap.example.org",
        "ADA\\40Social.Example@AP.example.org",
        "ada%social.example@ap.example.org",
        "ada%40social.example@ap.example.org/resource"
      })
  void anAnswerComesFromTheJidThatWasAddressed(String to) {
    far.tell("<iq type='get' id='1' " + FROM + " to='" + to + "'>" + INFO + "</iq>");
    far.tell("<iq type='set' id='2' " + FROM + " to='" + to + "'>" + INFO + "</iq>");

    assertThat(far.next().attributes()).containsEntry("type", "result").containsEntry("from", to);
    assertThat(far.next().attributes()).containsEntry("type", "error").containsEntry("from", to);
  }

  @Test
  void questionsOfOnePersonToOneJidAreAnsweredInOrder() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      many.append("<iq type='get' id='%s' %s %s>%s</iq>".formatted(i, FROM, ADA, INFO));
    }
    far.tell(many.toString());

    for (int i = 0; i < 50; i++) {
      assertThat(far.next().attribute("id")).contains(Integer.toString(i));
    }
  }

  @Test
  void whoAsksTooMuchAtOnceIsPutOff() {
    stage.peers.hold();
    // One is worked on, a hundred wait.
    for (int i = 0; i < 111; i++) {
      far.tell("<iq type='get' id='%s' %s %s>%s</iq>".formatted(i, FROM, ADA, INFO));
    }

    for (int i = 101; i < 111; i++) {
      Element refused = far.next();
      assertThat(refused.attribute("id")).contains(Integer.toString(i));
      assertThat(condition(refused)).isEqualTo("resource-constraint");
    }
    stage.peers.release();
    for (int i = 0; i < 101; i++) {
      assertThat(far.next().attributes())
          .containsEntry("id", Integer.toString(i))
          .containsEntry("type", "result");
    }
  }

  @Test
  void whoWaitsForASlowPeerDoesNotHoldUpOthers() {
    stage.peers.hold();
    far.tell("<iq type='get' id='slow' " + FROM + " " + ADA + ">" + INFO + "</iq>");

    assertAlive();

    stage.peers.release();
    assertThat(far.next().attribute("id")).contains("slow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <iq type='get' id='1' FROM ADA/>                                             | bad-request
          <iq type='set' id='1' FROM ADA>text</iq>                                     | bad-request
          <iq type='zzz' id='1' FROM ADA><ping xmlns='urn:xmpp:ping'/></iq>            | bad-request
          <iq id='1' FROM ADA><ping xmlns='urn:xmpp:ping'/></iq>                       | bad-request
          <iq type='get' id='1' FROM ADA><ping xmlns='urn:xmpp:ping'/><x xmlns='u'/></iq> | bad-request
          <iq type='get' id='1' FROM ADA><p:x/></iq>                                   | bad-request
          <iq type='get' id='1' FROM ADA><a b='1' b='2'/></iq>                         | bad-request
          <iq type='get' id='1' FROM ADA>&nbsp;</iq>                                   | bad-request
          <iq type='get' id='1' FROM ADA>&#7;</iq>                                     | bad-request
          <iq type='get' id='1' FROM to='a b@ap.example.org'><x xmlns='u'/></iq>       | jid-malformed
          <iq type='get' id='1' FROM><x xmlns='u'/></iq>                               | jid-malformed
          <iq type='get' id='1' from='a b@x' ADA><x xmlns='u'/></iq>                   | jid-malformed
          <iq type='get' id='1' FROM ADA><x xmlns='u'/></iq>                           | service-unavailable
          <iq type='get' id='1' FROM ADA><!-- c --><x xmlns='u'/></iq>                 | service-unavailable
          <iq type='get' id='1' FROM ADA><?pi x?><x xmlns='u'/></iq>                   | service-unavailable
          <iq type='get' id='1' FROM ADA><x xmlns='u'><![CDATA[</iq>]]></x></iq>       | service-unavailable
          """)
  void anOddQuestionGetsAnError(String xml, String expected) {
    far.tell(xml.strip().replace("FROM", FROM).replace("ADA", ADA));

    Element error = far.next();
    assertThat(error.attributes()).containsEntry("type", "error").containsEntry("id", "1");
    assertThat(condition(error)).isEqualTo(expected);
    assertAlive();
  }

  @Test
  void aQuestionThatIsTooDeepIsABadRequest() {
    far.tell(
        "<iq type='get' id='deep' "
            + FROM
            + " "
            + ADA
            + ">"
            + "<a>".repeat(5_000)
            + "</a>".repeat(5_000)
            + "</iq>");

    Element error = far.next();
    assertThat(error.attributes())
        .containsEntry("id", "deep")
        .containsEntry("to", "juliet@example.org/balcony")
        .containsEntry("from", "ada\\40social.example@ap.example.org");
    assertThat(condition(error)).isEqualTo("bad-request");
    assertAlive();
  }

  @Test
  void aQuestionOfTooManyElementsIsABadRequest() {
    far.tell(
        "<iq type='set' id='many' "
            + FROM
            + " "
            + ADA
            + "><x>"
            + "<a/>".repeat(60_000)
            + "</x></iq>");

    assertThat(condition(far.next())).isEqualTo("bad-request");
    assertAlive();
  }

  @Test
  void aStanzaOverTheLimitEndsTheLinkWhichComesBack() {
    far.tell(
        "<message " + FROM + " " + ADA + "><body>" + "x".repeat(2 << 20) + "</body></message>");

    far = server.nextLink();
    far.tell("<iq type='get' id='p' " + FROM + " " + ADA + "><ping xmlns='urn:xmpp:ping'/></iq>");
    assertThat(far.next().attribute("id")).contains("p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<message/>",
        "<message FROM/>",
        "<message from='@' to='@'><body>x</body></message>",
        "<message FROM ADA><body/></message>",
        "<message from='other.example' ADA><body>x</body></message>",
        "<message FROM ADA><received id='1' xmlns='urn:xmpp:receipts'/></message>",
        "<message FROM ADA type='headline'><body>x</body></message>",
        "<message FROM ADA type='error'><body>x</body></message>",
        "<message FROM ADA><composing xmlns='http://jabber.org/protocol/chatstates'/></message>",
        "<message FROM ADA><event xmlns='http://jabber.org/protocol/pubsub#event'/></message>",
        "<message from='romeo@example.org' ADA><event"
            + " xmlns='http://jabber.org/protocol/pubsub#event'><items/></event></message>",
        "<message from='romeo@example.org' ADA><event"
            + " xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:microblog:0'>"
            + "<item/><retract/></items></event></message>",
        "<presence FROM ADA><priority>9999</priority></presence>",
        "<presence type='subscribe' FROM ADA/>",
        "<iq type='result' id='nobody-asked' FROM ADA/>",
        "<iq type='error' id='nobody-asked' FROM ADA/>",
        "<iq type='get' id='x'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<unknown FROM ADA/>"
      })
  void whatNeedsNoAnswerGetsNone(String xml) {
    far.tell(xml.replace("FROM", FROM).replace("ADA", ADA));

    assertAlive();
  }

  @Test
  void presenceIsConsentedToByFollowersOnly() {
    far.tell("<presence type='subscribe' id='s' from='tybalt@elsewhere.example' " + ADA + "/>");
    Element refusal = far.next();
    assertThat(refusal.name()).isEqualTo("presence");
    assertThat(refusal.attributes())
        .containsEntry("type", "unsubscribed")
        .containsEntry("to", "tybalt@elsewhere.example")
        .containsEntry("from", "ada\\40social.example@ap.example.org");
    stage.peers.silent("bob");
    far.tell("<presence type='subscribe' " + FROM + " to='bob\\40social.example@ap.example.org'/>");
    assertThat(condition(far.next())).isEqualTo("remote-server-timeout");
  }

  private Following follow() {
    Jid ada = Jid.of("ada\\40social.example@ap.example.org");
    stage.service.presence("subscribe", Jid.of("juliet@example.org"), ada);
    return stage.store.inTransaction(session -> {
      Following asked =
          session
              .followings()
              .find(Jid.of("juliet@example.org"), FakePeers.id("ada"))
              .orElseThrow();
      session.followings().save(asked.accepted());
      return asked;
    });
  }

  @Test
  void aProbeOfAFollowerIsAnswered() {
    follow();
    far.tell("<presence type='probe' " + FROM + " " + ADA + "/>");

    assertThat(far.next().attributes())
        .doesNotContainKey("type")
        .containsEntry("from", "ada\\40social.example@ap.example.org")
        .containsEntry("to", "juliet@example.org/balcony");
  }

  /** The clock of the stage stands still: all of it is one second. */
  @Test
  void tenThousandContactsThatComeBackMakeNoStorm() {
    follow();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      all.append("<presence ").append(FROM).append(' ').append(ADA).append("/>");
      all.append("<presence type='probe' ").append(FROM).append(' ').append(ADA).append("/>");
    }
    far.tell(all.toString());
    // In the lane of the probes, once there is room in it.
    String last =
        "<iq type='get' id='end' from='juliet@example.org' "
            + ADA
            + "><ping xmlns='urn:xmpp:ping'/></iq>";
    far.tell(last);
    int answers = 0;
    Element next = far.next();
    while (!next.attributeOr("type", "").equals("result")) {
      if (next.name().equals("presence")) {
        answers++;
      } else {
        far.tell(last);
      }
      next = far.next();
    }
    assertThat(answers).isPositive().isLessThanOrEqualTo(PresenceBridge.PROBES_A_SECOND);
    assertAlive();
  }

  private List<String> outbox() {
    return stage.store.inTransaction(session ->
        session.deliveries().hostsDue(Stage.NOW, Mine.ALL, "", 10).stops().stream()
            .flatMap(stop -> stop.due().stream())
            .map(delivery -> delivery.json())
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "type='chat'", "type='normal'", "type='zzz'"})
  void aMessageForSomebodyIsPassedOn(String type) {
    far.tell("<message id='m' " + type + " " + FROM + " " + ADA + "><body>hello</body></message>");

    await().until(() -> outbox().size() == 1);
    assertThat(outbox().getFirst()).contains("<p>hello</p>");
    assertAlive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          type='chat' from='iago@elsewhere.example/x' ADA | <body>hi</body> | not-allowed
          type='chat' FROM to='nobody\\40social.example@ap.example.org' | <body>hi</body> | item-not-found
          type='chat' FROM to='x@ap.example.org' | <body>hi</body> | item-not-found
          type='chat' FROM ADA | <body>hi</body><encrypted xmlns='urn:xmpp:omemo:2'/> | not-acceptable
          type='chat' FROM ADA | <rsvp xmlns='urn:xmpp:events:0'/>                        | feature-not-implemented
          type='chat' FROM ADA | <retract id='m9' xmlns='urn:xmpp:message-retract:1'/> | item-not-found
          """)
  void aMessageThatCannotBeSentIsAnsweredWithAReason(String head, String inside, String expected) {
    far.tell(
        ("<message id='m' " + head.strip() + ">" + inside.strip() + "</message>")
            .replace("\\\\", "\\")
            .replace("FROM", FROM)
            .replace("ADA", ADA));

    Element error = far.next();
    assertThat(error.attributes()).containsEntry("type", "error").containsEntry("id", "m");
    assertThat(condition(error)).isEqualTo(expected.strip());
    assertThat(error.text()).isNotBlank();
    assertThat(outbox()).isEmpty();
  }

  @Test
  void aMessageToARoomThatIsNoneIsSentBack() {
    far.tell("<message id='m' type='groupchat' " + FROM + " " + ADA + "><body>x</body></message>");

    assertThat(condition(far.next())).isEqualTo("service-unavailable");
    assertThat(outbox()).isEmpty();
  }

  @Test
  void aMessageToTheGatewayThatNamesItsReadersIsForThem() {
    far.tell(
        "<message id='m' "
            + FROM
            + " to='ap.example.org'><body>hello</body><addresses"
            + " xmlns='http://jabber.org/protocol/address'><address type='to'"
            + " jid='ada\\40social.example@ap.example.org'/></addresses></message>");

    await().until(() -> outbox().size() == 1);
    assertAlive();
  }

  private void romeoHasAnOpenBlog() {
    stage.store.inTransaction(session -> {
      session
          .accounts()
          .save(
              new Account(
                  ROMEO,
                  ActorKind.PERSON,
                  Account.Blog.OPEN,
                  false,
                  Account.Face.EMPTY,
                  Stage.NOW.minusSeconds(60)));
      return true;
    });
  }

  private static String event(String from, String type) {
    return "<message from='"
        + from
        + "' to='ap.example.org' type='"
        + type
        + "'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
        + "<items node='urn:xmpp:microblog:0'><item id='i1'>"
        + "<entry xmlns='http://www.w3.org/2005/Atom'><id>i1</id><title>Hello</title>"
        + "<published>2026-01-02T09:59:00Z</published><updated>2026-01-02T09:59:00Z</updated>"
        + "</entry></item></items></event></message>";
  }

  private List<LocalPost> posts() {
    return stage.store.inTransaction(
        session -> session.localPosts().page(ROMEO, false, Optional.empty(), 10).stream().toList());
  }

  /** The gateway looks, as a stranger, whether the blog that an event speaks of can be read. */
  private void romeosServerAnswers(String type, String payload) {
    Element asked = far.next();
    assertThat(asked.attributes()).containsEntry("from", "stranger@ap.example.org");
    far.tell(
        "<iq type='%s' id='%s' from='romeo@example.org' to='stranger@ap.example.org'>%s</iq>"
            .formatted(type, asked.attributeOr("id", ""), payload));
  }

  @Test
  void anEventOfABlogThatStrangersCannotReadIsNotTaken() {
    romeoHasAnOpenBlog();

    far.tell(event("romeo@example.org", "headline"));
    romeosServerAnswers(
        "error",
        "<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
    far.tell(event("romeo@example.org", "headline").replace("'i1'", "'i2'"));
    romeosServerAnswers("result", "");

    await()
        .untilAsserted(
            () -> assertThat(posts()).extracting(LocalPost::itemId).containsExactly("i2"));
  }

  @Test
  void anEventOfABlogIsTaken() {
    romeoHasAnOpenBlog();

    far.tell(event("romeo@example.org", "headline"));
    romeosServerAnswers("result", "");

    await()
        .untilAsserted(
            () -> assertThat(posts()).extracting(LocalPost::itemId).containsExactly("i1"));
  }

  @ParameterizedTest
  @CsvSource({
    "romeo@example.org/orchard, headline",
    "eve@evil.example, headline",
    "example.org, headline",
    "romeo@example.org, error"
  })
  void anEventThatIsNotOfTheBlogsOwnServiceIsNot(String from, String type) {
    romeoHasAnOpenBlog();

    far.tell(event(from, type));
    // One lane each, so the good one of romeo's says when the other was read.
    far.tell(event("romeo@example.org", "headline").replace("'i1'", "'i2'"));
    romeosServerAnswers("result", "");

    await()
        .untilAsserted(
            () -> assertThat(posts()).extracting(LocalPost::itemId).containsExactly("i2"));
  }

  @Test
  void aHeaderInAStanzaDoesNotLetAnybodySpeakForRomeo() {
    romeoHasAnOpenBlog();

    far.tell(
        "<message from='eve@evil.example' to='ap.example.org'>"
            + "<x:stream xmlns:x='http://etherx.jabber.org/streams'>"
            + event("romeo@example.org", "headline")
            + "</x:stream></message>");
    assertAlive();
    far.tell(event("romeo@example.org", "headline").replace("'i1'", "'i2'"));
    romeosServerAnswers("result", "");

    await()
        .untilAsserted(
            () -> assertThat(posts()).extracting(LocalPost::itemId).containsExactly("i2"));
  }
}
