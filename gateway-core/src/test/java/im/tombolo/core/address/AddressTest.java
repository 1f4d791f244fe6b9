package im.tombolo.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private final VirtualJids virtual = new VirtualJids(Jid.domain("ap.example.org"));
  private final GatewayUrls urls =
      new GatewayUrls(
          URI.create("https://example.org"), List.of("example.org", "pubsub.example.org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@a.example",
        "a@",
        "a b@c.example",
        "a@b@c",
        "a@b.example/",
        "a:b@c",
        "xmpp:a.example?;node=b",
        "a%40b.example"
      })
  void whatIsNoJidIsNotRead(String text) {
    assertThat(Jid.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada\\40social.example@ap.example.org",
        "ADA\\40social.example@ap.example.org",
        "ada%social.example@ap.example.org",
        "ada%40social.example@ap.example.org",
        "ada%5C40social.example@ap.example.org"
      })
  void anActorIsFoundUnderEveryAlias(String alias) {
    assertThat(virtual.handle(Jid.of(alias))).contains(new Handle("ada", "social.example"));
  }

  @Test
  void aPortIsFoundUnderAnAliasToo() {
    assertThat(virtual.handle(Jid.of("ada%5C40social.example%5C3a8443@ap.example.org")))
        .contains(new Handle("ada", "social.example:8443"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ap.example.org",
        "ada\\40social.example@other.example",
        "ada@ap.example.org",
        "x\\40ap.example.org@ap.example.org",
        "a\\40b\\40ap.example.org@ap.example.org"
      })
  void ownAndForeignAddressesStandForNobody(String text) {
    assertThat(virtual.handle(Jid.of(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"romeo,romeo", "a.b-c_d,a.b-c_d", ".a,__2ea", "a-,a__2d", "a+b,a__2bb", "__,__5f_"})
  void case68_namesAreEscapedAsDocumented(String name, String escaped) {
    assertThat(ActorName.escape(name)).isEqualTo(escaped);
  }

  @Test
  void whoeverHasTooLongANameForAHandleIsNotServed() {
    Jid longest = Jid.of("a".repeat(250) + "@example.org");
    assertThat(urls.serves(longest)).isTrue();
    assertThat(urls.byHandle(urls.handle(longest))).contains(longest);
    assertThat(urls.serves(Jid.of("a".repeat(251) + "@example.org"))).isFalse();
    assertThat(urls.serves(Jid.of("é".repeat(32) + "@example.org"))).isFalse();
  }

  @Test
  void aHandleIsTheJidOnTheHomeDomain() {
    assertThat(urls.handle(Jid.of("louise@example.org"))).hasToString("louise@example.org");
    assertThat(urls.byHandle(Handle.parse("@Louise@Example.org").orElseThrow()))
        .contains(Jid.of("louise@example.org"));
    assertThat(urls.byHandle(new Handle("news", "pubsub.example.org")))
        .contains(Jid.of("news@pubsub.example.org"));
  }

  @Test
  void urlsOfOthersNameNobody() {
    assertThat(urls.account(URI.create("https://example.org/users/other.example/a"))).isEmpty();
    assertThat(urls.account(URI.create("https://evil.example/users/example.org/a"))).isEmpty();
    assertThat(urls.account(URI.create("https://example.org/users/example.org/A"))).isEmpty();
  }

  @Test
  void keysAreShortPlainAndTellPartsApart() {
    assertThat(Ids.key("ab", "c")).matches("[a-z2-7]{26}").isNotEqualTo(Ids.key("a", "bc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a&b'c",
        "a<b>c",
        "a:b",
        "back\\slash",
        "back\\40slash",
        "ß",
        "straße",
        "日本",
        "a\"b",
        "🙂",
        "stranger",
        "ap.example.org",
        "a%b",
        "..",
        "admin"
      })
  void case68_everyNameHasAJidOfItsOwn(String user) {
    Handle handle = new Handle(user, "social.example");
    Jid jid = virtual.of(handle);
    assertThat(virtual.handle(Jid.of(jid.toString()))).contains(handle);
    assertThat(jid.toString()).isNotEqualTo("stranger@ap.example.org").matches("[^@]+@[^@]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "日", "é"})
  void case68_theLongestNameFitsIntoAJidAndALongerOneIsNone(String letter) {
    Handle longest = new Handle(letter.repeat(250), "h".repeat(253) + ":8443");
    assertThat(virtual.handle(virtual.of(longest))).contains(longest);
    assertThat(Handle.parse(letter.repeat(251) + "@social.example")).isEmpty();
    assertThat(Handle.parse("🙂".repeat(188) + "@social.example")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a%40b", "a%5Cb", "x%5c26y", "a\u00a0b", "a\u2028b", "a\u0085b", "a\ud800"})
  void case68_aNameThatNoJidCanTellIsNone(String user) {
    assertThat(Handle.parse(user + "@social.example")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/posts/A, https://a.example/posts/a",
    "https://a.example/%61, https://a.example/a",
    "https://a.example/1, https://a.example/1?",
    "https://a.example/../1, https://a.example/1",
  })
  void case69_postsWhoseIdsDifferAreDifferentItems(URI one, URI other) {
    assertThat(Ids.itemId(one)).isNotEqualTo(Ids.itemId(other)).matches("[a-z2-7]{26}");
  }

  @Test
  void case69_anIdOfAnyLengthIsAShortItem() {
    assertThat(Ids.itemId(URI.create("https://a.example/" + "../".repeat(2_000))))
        .matches("[a-z2-7]{26}");
  }
}
