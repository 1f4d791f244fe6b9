package im.tombolo.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One server has one name, however it is written. */
class DomainsTest {
  @ParameterizedTest
  @CsvSource({
    "evil.example, evil.example",
    "EVIL.Example, evil.example",
    "evil.example., evil.example",
    "evil.example:8443, evil.example",
    "evil\u3002example, evil.example",
    "evil\uff0eexample, evil.example",
    "b\u00fccher.example, xn--bcher-kva.example",
    "B\u00dcCHER.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "[::1]:80, [::1]",
    "192.0.2.1, 192.0.2.1"
  })
  void case71_aDomainIsKnownInEveryForm(String written, String canonical) {
    assertThat(Domains.canonical(written)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", "a b", "*.example", "a/b", "user@host", "-,"})
  void whatIsNoDomainIsNone(String written) {
    assertThat(Domains.canonical(written)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00fc", "\ud83d\ude42"})
  void aNameThatIsTooLongIsNone(String letter) {
    assertThat(Domains.canonical(letter.repeat(1_100) + ".example")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/a, evil.example",
    "https://u@evil.example:99/a, evil.example",
    "https://b\u00fccher.example/a, xn--bcher-kva.example"
  })
  void case71_theServerOfAUrlIsFoundInEveryForm(String url, String canonical) {
    assertThat(Domains.of(URI.create(url))).contains(canonical);
  }
}
