package im.tombolo.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final String TWO =
      "POST /inbox HTTP/1.1\r\nHost: a\r\ncontent-length: 4\r\n\r\nbodyGET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void messagesAreCutHoweverTheirBytesCome() {
    Messages messages = new Messages();
    List<Messages.Message> found = new ArrayList<>();
    for (byte one : TWO.getBytes(StandardCharsets.ISO_8859_1)) {
      messages.add(new byte[] {one}, 1);
      Messages.Message whole = messages.next();
      if (whole != null) {
        found.add(whole);
      }
    }
    assertThat(found)
        .extracting(message -> message.head().lines().findFirst().orElse(""))
        .containsExactly("POST /inbox HTTP/1.1", "GET / HTTP/1.1");
    assertThat(found).extracting(message -> message.body().length).containsExactly(4, 0);
  }
}
