package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.SigningKey;
import im.tombolo.core.port.Keys.KeyPairPem;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys are made ahead of need, and each actor keeps its own. */
class KeyringTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");

  @RegisterExtension private final Flows flows = new Flows();
  private final AtomicInteger made = new AtomicInteger();

  private Keyring keyring() {
    return new Keyring(
        flows.store(),
        flows.urls(),
        () -> new KeyPairPem("public", "private" + made.incrementAndGet()),
        flows::now);
  }

  @Test
  void whoNeedsAKeyGetsOneThatWaits() {
    Keyring keyring = keyring();
    keyring.fillSpares(2);
    assertThat(made).hasValue(2);

    keyring.signing(ROMEO);
    assertThat(made).hasValue(2);

    keyring.fillSpares(2);
    assertThat(made).hasValue(3);
  }

  @Test
  void withoutASpareOneIsMade() {
    keyring().signing(ROMEO);
    assertThat(made).hasValue(1);
  }

  @Test
  void everyActorHasAKeyOfItsOwnForGood() {
    Keyring keyring = keyring();
    keyring.fillSpares(3);
    List<SigningKey> first = keyring.signing(ROMEO);

    assertThat(keyring.signing(JULIET)).isNotEqualTo(first);
    assertThat(keyring().signing(ROMEO)).isEqualTo(first);
  }

  @Test
  void aKeyThatHasJustBeenUsedIsNotReadAgain() {
    Keyring keyring = keyring();
    String first = keyring.signing(ROMEO).getFirst().privatePem();
    assertThat(keyring.signing(ROMEO).getFirst().privatePem()).isSameAs(first);
  }
}
