package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.port.LocalPosts.Position;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.123456Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59Z"
      })
  void aPositionComesBackAsItWas(Instant published) {
    Position position = new Position(published, "abc123");
    assertThat(Cursors.position(Cursors.write(position))).contains(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://social.example/users/ada",
        "https://social.example/?author=1#x",
        "https://social.example/%C3%A4~a;b"
      })
  void anAddressComesBackAsItWas(URI uri) {
    assertThat(Cursors.uri(Cursors.write(uri))).contains(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://social.example/users/ada?a=b&c", "https://a.example/???>>>"})
  void aPlaceNeedsNoEscapingInAnAddress(String uri) {
    assertThat(Cursors.write(URI.create(uri.replace(">", "%3E")))).matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1-A",
        "1-a b",
        "1-../x",
        "x-a",
        "1--a",
        "9999999999999999999-a",
        "1-'; drop table local_post"
      })
  void whatIsNoPositionIsNone(String text) {
    assertThat(Cursors.position(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a b", "ä", "====", "ICA"})
  void whatIsNoAddressIsNone(String text) {
    assertThat(Cursors.uri(text)).isEmpty();
  }
}
