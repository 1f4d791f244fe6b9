package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import im.tombolo.xmpp.service.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StanzaSenderTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");

  private final Stage stage = new Stage();
  private final FakeServer server = new FakeServer();
  private final ComponentLink link =
      TestSettings.link(
          TestSettings.of(
              server.port(), TestSettings.limits(Duration.ofMillis(100), TestSettings.NEVER)));
  private final StanzaSender sender = new StanzaSender(stage.store, link);

  @BeforeEach
  void start() {
    link.start(stanza -> {});
  }

  @AfterEach
  void stop() {
    link.close();
    server.close();
  }

  private FakeServer.Link connected() {
    FakeServer.Link far = server.nextLink();
    await().until(link::connected);
    return far;
  }

  private void add(String id, String body) {
    String xml =
        XmlWriter.write(
            Element.of("message", Namespaces.JABBER_CLIENT)
                .attribute("id", id)
                .attribute("to", ROMEO.toString())
                .child("body", body)
                .build());
    addRaw(id, xml);
  }

  private void addRaw(String id, String xml) {
    stage.store.inTransaction(session -> {
      session.stanzas().add(id, ROMEO, xml);
      return true;
    });
  }

  private long waiting() {
    return stage.store.inTransaction(session -> session.stanzas().waiting());
  }

  @Test
  void stanzasGoOutInOrderAndAreForgottenOnceTheServerHasReadThem() {
    FakeServer.Link far = connected();
    add("1", "a");
    add("2", "b");

    assertThat(sender.runDue()).isEqualTo(2);

    assertThat(far.next().attribute("id")).contains("1");
    assertThat(far.next().attribute("id")).contains("2");
    assertThat(far.pings()).isEqualTo(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void whatTheServerDidNotConfirmIsSentAgainUnderTheSameId() {
    FakeServer.Link deaf = connected();
    deaf.stopAnsweringPings();
    add("1", "a");

    assertThat(sender.runDue()).isZero();
    assertThat(deaf.next().attribute("id")).contains("1");
    assertThat(waiting()).isEqualTo(1);

    deaf.close();
    FakeServer.Link again = connected();
    assertThat(sender.runDue()).isEqualTo(1);
    assertThat(again.next().attribute("id")).contains("1");
    assertThat(waiting()).isZero();
  }

  @Test
  void moreGoesOutWhileAnAnswerIsAwaitedAndAllOfItAgainInOrderWhenNoneComes() {
    FakeServer.Link deaf = connected();
    deaf.stopAnsweringPings();
    for (int i = 0; i < 450; i++) {
      add("" + i, "x");
    }
    Thread thread = Thread.ofVirtual().start(sender::runDue);
    await().until(() -> deaf.pings() == 3);
    assertThat(waiting()).isEqualTo(450);

    deaf.close();
    FakeServer.Link again = connected();
    await().until(() -> !thread.isAlive());
    sender.runDue();
    for (int i = 0; i < 450; i++) {
      assertThat(again.next().attribute("id")).contains("" + i);
    }
    assertThat(waiting()).isZero();
  }

  @Test
  void nothingIsForgottenByOneWhoIsInterrupted() throws InterruptedException {
    FakeServer.Link deaf = connected();
    deaf.stopAnsweringPings();
    add("1", "a");
    Thread thread = Thread.ofVirtual().start(sender::runDue);
    await().until(() -> deaf.pings() == 1);

    thread.interrupt();
    thread.join();

    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void whileTheLinkIsDownEverythingWaits() {
    FakeServer.Link far = connected();
    add("1", "a");
    server.close();
    await().until(() -> !link.connected());

    assertThat(sender.runDue()).isZero();
    assertThat(waiting()).isEqualTo(1);
    assertThat(far.received()).doesNotContain("<message");
  }

  @Test
  void withoutWorkTheServerIsNotAsked() {
    FakeServer.Link far = connected();

    assertThat(sender.runDue()).isZero();

    assertThat(far.pings()).isZero();
  }

  @Test
  void aStanzaThatCannotBeSentDoesNotHoldUpTheOthers() {
    FakeServer.Link far = connected();
    addRaw("1", "<message");
    add("2", "x".repeat(600_000));
    add("3", "fine");
    try (LogLines log = new LogLines()) {
      assertThat(sender.runDue()).isEqualTo(3);

      assertThat(far.next().attribute("id")).contains("3");
      assertThat(waiting()).isZero();
      assertThat(log.warnings()).hasSize(2);
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
