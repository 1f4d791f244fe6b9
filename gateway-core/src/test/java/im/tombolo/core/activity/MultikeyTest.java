package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.bridge.KeyPairSource;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultikeyTest {
  @Test
  void aKeyIsTheSameAfterBothWays() {
    String pem = KeyPairSource.ed25519().generate().publicPem();
    assertThat(Multikey.pem(Multikey.ofEd25519(pem))).contains(pem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "z",
        "z111",
        "z6Mk",
        "u7QGwDY2Tjn93PVFWWq02piP1NE9_XRlg",
        "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ0",
        // P-256
        "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
      })
  void whatIsNoEd25519KeyIsNone(String multibase) {
    assertThat(Multikey.pem(multibase)).isEmpty();
    assertThat(Multikey.pem(multibase + "1".repeat(200))).isEmpty();
  }

  /** From draft-msporny-base58-03 §5. */
  @ParameterizedTest
  @CsvSource({"48656c6c6f20576f726c6421, z2NEpo7TZRRrLZSi2U", "0000287fb4cd, z11233QC4"})
  void bytesAreWrittenAndReadInBase58(String hex, String written) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(Multikey.base58(bytes)).isEqualTo(written);
    assertThat(Multikey.bytes(written)).contains(bytes);
  }
}
