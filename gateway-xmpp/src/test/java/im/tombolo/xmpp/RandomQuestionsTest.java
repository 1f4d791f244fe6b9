package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.Reconciler;
import im.tombolo.core.bridge.References;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import im.tombolo.xmpp.service.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Ten thousand questions of all sorts over a real link: each is answered, once. */
class RandomQuestionsTest {
  private static final int QUESTIONS = 50;

  private final Stage stage = new Stage();
  private final FakeServer server = new FakeServer();
  private final ComponentLink link = TestSettings.link(server.port());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private FakeServer.Link far;
  private int asked;

  @BeforeProperty
  void connect() {
    stage.peers.add("ada", 3);
    stage.peers.add("bob", 0);
    stage.peers.lists("ada", "following", "bob");
    stage.peers.lists("ada", "followers", "bob");
    stage.peers.silent("silent");
    link.start(new Incoming(link, stage.service, reconciler(), threads));
    far = server.nextLink();
    await().until(link::connected);
  }

  private Reconciler reconciler() {
    Network network = new Network(link);
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
    return new Reconciler(
        stage.store,
        network,
        new LocalAccounts(stage.store, network, stage.settings),
        new Keyring(
            stage.store, stage.settings.urls(), KeyPairSource.rsa(), stage.settings.clock()),
        references,
        comments,
        stage.settings);
  }

  @AfterProperty
  void disconnect() {
    link.close();
    server.close();
    threads.shutdownNow();
  }

  /** jqwik tells the seed of a run that fails; the same seed asks the same questions. */
  @Property(tries = 200, seed = "4101", shrinking = ShrinkingMode.OFF)
  void everyQuestionIsAnsweredOnceAndNothingElseIs(@ForAll("questions") List<Element> questions) {
    Map<String, Element> open = new LinkedHashMap<>();
    Set<String> lanes = new HashSet<>();
    StringBuilder wire = new StringBuilder();
    for (Element question : questions) {
      Element iq = question.toBuilder().attribute("id", "q" + asked++).build();
      wire.append(XmlWriter.write(iq, "jabber:client"));
      if (StanzaErrors.isQuestion(iq)) {
        open.put(iq.attributeOr("id", ""), iq);
      }
      lanes.add(
          "from='%s' to='%s'".formatted(iq.attribute("from").get(), iq.attribute("to").get()));
    }
    // What was asked before in the same lane is answered before: no answer is still on its way.
    for (String lane : lanes) {
      String id = "ping" + asked++;
      Element ping =
          Stage.xml(
              "<iq xmlns='jabber:client' type='get' id='%s' %s><ping xmlns='urn:xmpp:ping'/></iq>"
                  .formatted(id, lane.replace("&", "&amp;").replace("<", "&lt;")));
      wire.append(XmlWriter.write(ping, "jabber:client"));
      open.put(id, ping);
    }
    far.tell(wire.toString());

    List<String> strays = new ArrayList<>();
    while (!open.isEmpty()) {
      Element answer = far.next();
      Element question = open.remove(answer.attributeOr("id", ""));
      if (question == null || !isAnswer(question, answer)) {
        strays.add(XmlWriter.write(answer));
      }
    }
    assertThat(strays).isEmpty();
    assertThat(server.connections()).isEqualTo(1);
    assertThat(link.connected()).isTrue();
  }

  /** Of the JIDs that were asked and that asked, as they were spelled. */
  private static boolean isAnswer(Element question, Element answer) {
    return StanzaErrors.isAnswer(answer)
        && answer.attribute("from").equals(question.attribute("to"))
        && answer.attribute("to").equals(question.attribute("from"));
  }

  @Provide
  Arbitrary<List<Element>> questions() {
    return Arbitraries.randomValue(random -> new QuestionMaker(random).iq())
        .list()
        .ofSize(QUESTIONS);
  }
}
