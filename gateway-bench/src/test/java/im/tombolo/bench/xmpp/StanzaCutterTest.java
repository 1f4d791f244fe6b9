package im.tombolo.bench.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StanzaCutterTest {
  private static final String STREAM =
      "<?xml version='1.0'?><stream:stream to='a'><iq id='1'/> <message><a><b/>x</a></message>";

  @Test
  void stanzasAreCutHoweverTheirBytesCome() {
    StanzaCutter cutter = new StanzaCutter();
    List<String> stanzas = new ArrayList<>();
    for (byte one : STREAM.getBytes(StandardCharsets.UTF_8)) {
      cutter.add(new byte[] {one}, 1, stanzas::add);
    }
    assertThat(stanzas)
        .map(String::strip)
        .containsExactly("<iq id='1'/>", "<message><a><b/>x</a></message>");
  }
}
