package im.tombolo.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaUrlsTest {
  private static final GatewayUrls GATEWAY =
      new GatewayUrls(URI.create("https://example.org/ap"), List.of("example.org"));
  private static final MediaUrls URLS = new MediaUrls(GATEWAY, new byte[] {1, 2, 3});

  private static String[] segments(URI url) {
    String prefix = "https://example.org/ap/media/";
    assertThat(url.toString()).startsWith(prefix);
    return url.toString().substring(prefix.length()).split("/", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://files.example/a.png",
        "https://files.example/a%20b?c=d&e=%2F#f",
        "https://files.example/ä.png",
        "http://[::1]:8080/"
      })
  void whatItGivesAnAddressComesBack(String source) {
    String[] segments = segments(URLS.of(URI.create(source)));
    assertThat(segments).hasSize(2).allMatch(segment -> segment.matches("[A-Za-z0-9_-]+"));
    assertThat(URLS.source(segments[0], segments[1])).contains(URI.create(source));
  }

  @Test
  void anAddressIsAlwaysTheSameAndAnotherSecretGivesAnother() {
    URI source = URI.create("https://files.example/a.png");
    assertThat(new MediaUrls(GATEWAY, new byte[] {1, 2, 3}).of(source)).isEqualTo(URLS.of(source));
    MediaUrls other = new MediaUrls(GATEWAY, new byte[] {1, 2, 4});
    String[] segments = segments(other.of(source));
    assertThat(URLS.source(segments[0], segments[1])).isEmpty();
  }

  @Test
  void theKeyOfOneFileOpensNoOther() {
    String[] mine = segments(URLS.of(URI.create("https://files.example/a.png")));
    String[] other = segments(URLS.of(URI.create("https://internal.example/secret")));
    assertThat(URLS.source(mine[0], other[1])).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"'',''", "AAAA,aHR0cHM6Ly9hLmV4YW1wbGUv", "%%%,aHR0cHM6Ly9hLmV4YW1wbGUv", "AAAA,???"})
  void whatItDidNotWriteIsNothing(String key, String source) {
    assertThat(URLS.source(key, source)).isEmpty();
  }

  @Test
  void ourOwnFilesStayWhereTheyAre() {
    URI avatar = URI.create("https://example.org/ap/users/example.org/romeo/avatar/x");
    assertThat(URLS.of(avatar)).isEqualTo(avatar);
    URI proxied = URLS.of(URI.create("https://files.example/a.png"));
    assertThat(URLS.of(proxied)).isEqualTo(proxied);
  }
}
