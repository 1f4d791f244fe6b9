package im.tombolo.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AddressProperties {
  private final GatewayUrls urls =
      new GatewayUrls(
          URI.create("https://example.org/ap"), List.of("example.org", "pubsub.example.org"));
  private final VirtualJids virtual = new VirtualJids(Jid.domain("ap.example.org"));

  @Property
  void everyNameComesBackFromItsEscapedForm(@ForAll("locals") String local) {
    String escaped = ActorName.escape(local);
    assertThat(escaped).matches("[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?");
    assertThat(ActorName.unescape(escaped)).contains(local);
  }

  @Property
  void noTwoNamesShareAnEscapedForm(@ForAll("locals") String one, @ForAll("locals") String other) {
    assertThat(ActorName.escape(one).equals(ActorName.escape(other))).isEqualTo(one.equals(other));
  }

  @Property
  void whateverIsUnescapedIsCanonical(@ForAll("escapedLooking") String text) {
    ActorName.unescape(text).ifPresent(name -> assertThat(ActorName.escape(name)).isEqualTo(text));
  }

  @Property
  void everyAccountComesBackFromItsUrlAndItsHandle(
      @ForAll("locals") String local, @ForAll boolean home) {
    Jid account = new Jid(local, home ? "example.org" : "pubsub.example.org", "");
    assertThat(urls.account(urls.actor(account))).contains(account);
    assertThat(urls.byHandle(urls.handle(account))).contains(account);
    assertThat(urls.post(urls.post(account, "abc"))).contains(new PostRef(account, "abc"));
    assertThat(urls.actor(account).toString()).matches("https://[A-Za-z0-9/._-]+");
  }

  @Property
  void everyHandleComesBackFromItsVirtualJid(@ForAll("users") String user) {
    Handle handle = new Handle(user, "social.example");
    assertThat(virtual.handle(virtual.of(handle))).contains(handle);
  }

  @Property
  void escapedJidsComeBack(@ForAll("anything") String text) {
    assertThat(JidEscaping.unescape(JidEscaping.escape(text))).isEqualTo(text);
  }

  @Property
  void everyJidComesBackFromItsText(@ForAll("locals") String local) {
    Jid jid = new Jid(local, "example.org", "a/b@c");
    assertThat(Jid.parse(jid.toString())).contains(jid);
    assertThat(Jid.parse(jid.bare().toString())).contains(jid.bare());
  }

  @Provide
  Arbitrary<String> locals() {
    return Arbitraries.strings()
        .withChars("abyz059._-+\\~!#$%*=?^`{|}éß日")
        .ofMinLength(1)
        .ofMaxLength(40);
  }

  @Provide
  Arbitrary<String> escapedLooking() {
    return Arbitraries.strings().withChars("ab0459cf_.-").ofMaxLength(16);
  }

  @Provide
  Arbitrary<String> users() {
    return Arbitraries.strings().withChars("abz09._-\\").ofMinLength(1).ofMaxLength(30);
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.strings().withChars(" \"&'/:<>@\\2034acef5").ofMaxLength(24);
  }
}
