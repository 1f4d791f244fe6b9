package im.tombolo.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
  @ParameterizedTest
  @CsvSource({
    "https://social.example/inbox, social.example",
    "https://Social.Example/inbox, social.example",
    "https://social.example:443/inbox, social.example",
    "http://social.example:80/inbox, social.example",
    "https://social.example:80/inbox, social.example:80",
    "https://social.example:8443/inbox, social.example:8443",
    "https://ada@social.example/inbox, social.example",
    "https://[2001:DB8::1]:8443/inbox, [2001:db8::1]:8443",
    "mailto:ada@social.example, -",
    "/inbox, -"
  })
  void aServerHasOneName(URI url, String name) {
    assertThat(Authority.of(url)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.b.evil.example/x, evil.example",
    "https://EVIL.example:8443/x, evil.example",
    "https://a.b.evil.co.uk/x, evil.co.uk",
    "https://a.t.co/x, t.co",
    "https://localhost/x, localhost",
    "https://192.0.2.1/x, 192.0.2.1",
    "https://192.0.2.1:8443/x, 192.0.2.1:8443",
    "https://[2001:db8::1]/x, [2001:db8::1]",
  })
  void case44_aSiteIsWhatSomebodyRegistered(URI url, String site) {
    assertThat(Authority.site(url)).isEqualTo(site);
  }
}
