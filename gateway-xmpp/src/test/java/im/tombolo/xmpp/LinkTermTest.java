package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The link goes from process to process. */
class LinkTermTest {
  private final FakeServer server = new FakeServer();
  private final ComponentLink link = TestSettings.link(server.port());
  private final AtomicBoolean isOurs = new AtomicBoolean(true);

  @AfterEach
  void close() {
    link.close();
    server.close();
  }

  private static Element hello() {
    return Element.of("message", Namespaces.JABBER_CLIENT).attribute("to", "a@example.org").build();
  }

  @Test
  void nothingIsSentOverALinkThatMayBeAnothers() {
    link.start(stanza -> {}, isOurs::get);
    await().until(link::connected);

    isOurs.set(false);

    assertThat(link.connected()).isFalse();
    assertThat(link.send(hello())).isFalse();
  }

  @Test
  void aLinkThatWasCutStaysDown() {
    link.start(stanza -> {}, isOurs::get);
    await().until(link::connected);

    link.cut();

    assertThat(link.connected()).isFalse();
    assertThat(link.send(hello())).isFalse();
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aLinkThatWasCutCanBeStartedAgain() {
    link.start(stanza -> {}, isOurs::get);
    await().until(link::connected);
    link.cut();

    link.start(stanza -> {}, isOurs::get);

    await().until(link::connected);
    assertThat(link.send(hello())).isTrue();
    assertThat(server.connections()).isEqualTo(2);
  }
}
