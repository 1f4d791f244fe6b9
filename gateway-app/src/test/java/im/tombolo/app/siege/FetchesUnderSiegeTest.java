package im.tombolo.app.siege;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the settings that it has by default, nobody makes the gateway talk to its own network. */
class FetchesUnderSiegeTest {
  private static Siege siege;

  @BeforeAll
  static void lay(@TempDir Path directory) throws IOException, SQLException {
    siege = Siege.careful(directory);
  }

  @AfterAll
  static void raise() throws IOException, SQLException {
    siege.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "case28_ 127.0.0.1",
        "case28_ 0.0.0.0",
        "case29_ [::1]",
        "case29_ [::ffff:127.0.0.1]",
        "case29_ [::ffff:7f00:1]",
        "case29_ [::]",
        "case30_ localhost",
        "case30_ LOCALHOST.",
        "case30_ foo.localhost",
        "case30_ 2130706433",
        "case30_ 0177.0.0.1",
        "case30_ 0x7f.0.0.1",
        "case30_ 127.1",
        "case31_ inside.wild.example"
      })
  void nobodyIsAskedAt(String row) throws Exception {
    String host = row.substring(row.indexOf(' ') + 1) + ":" + siege.peer().port();
    Map<String, Long> rows = siege.rows();

    assertThat(siege.post("/inbox", siege.follow("x"), "http://" + host + "/users/ada#main-key"))
        .isIn(401, 503);
    String answer =
        siege
            .home()
            .ask(
                "romeo@" + HomeServer.DOMAIN,
                "ada\\40" + host.replace(":", "\\3a") + "@" + HomeServer.COMPONENT,
                "<query xmlns='http://jabber.org/protocol/disco#info'/>");

    assertThat(answer).contains("type='error'");
    assertThat(siege.peer().asked()).isEmpty();
    assertThat(siege.rows()).isEqualTo(rows);
    assertThat(siege.home().stanzas()).isEmpty();
  }
}
