package im.tombolo.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.tombolo.core.address.ActorName;
import im.tombolo.core.address.Authority;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.JidEscaping;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.policy.Domains;
import im.tombolo.fuzz.Bounded;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Promise;

/** One text, read as each kind of address that there is. */
class AddressFuzzTest {
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org", "b.example"));
  private static final VirtualJids VIRTUAL = new VirtualJids(Jid.domain("ap.example.org"));
  private static final int MAX_URI = 4_096;
  private static final String OUTSIDE = "93.184.216.34";

  @DictionaryEntries({
    "\\40",
    "\\5c",
    "%40",
    "%5c",
    "__40",
    "@ap.example.org",
    "@example.org",
    "b.example",
    "acct:",
    "xmpp:",
    "?;node=",
    ";item=",
    "https://example.org/users/",
    "https://[::1]/",
    "[::ffff:127.0.0.1]",
    "64:ff9b::7f00:1",
    "127.0.0.1",
    "0x7f.1",
    "0177.0.0.1",
    "localhost",
    ".internal",
    "xn--",
    ":443"
  })
  @FuzzTest(maxDuration = "3s")
  void addresses(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    Bounded.work(() -> {
      jids(text);
      nodes(text);
      handles(text);
      escapes(text);
      urls(text);
      return text;
    });
  }

  private static void jids(String text) {
    Jid.parse(text)
        .ifPresent(jid -> {
          assertThat(Jid.parse(jid.toString())).contains(jid);
          assertThat(NodeAddress.jid(jid.uri())).contains(jid.bare());
          VIRTUAL.handle(jid).ifPresent(handle -> isReachable(handle, jid));
          if (URLS.serves(jid)) {
            assertThat(URLS.account(URLS.actor(jid))).contains(jid);
            assertThat(URLS.byHandle(URLS.handle(jid))).contains(jid);
          }
        });
  }

  /** Whoever is meant by an alias is meant by the canonical form, and is nobody of ours. */
  private static void isReachable(Handle handle, Jid alias) {
    assertThat(VIRTUAL.handle(VIRTUAL.of(handle))).contains(handle);
    assertThat(handle.user()).doesNotContain("@");
    assertThat(handle.host()).isNotEqualTo("ap.example.org").doesNotEndWith(".ap.example.org");
    assertThat(VIRTUAL.of(handle).domain()).isEqualTo(alias.domain());
  }

  /** Whatever is not too long with its escapes. */
  private static void nodes(String text) {
    NodeAddress.parse(text)
        .filter(node -> node.uri().length() <= MAX_URI)
        .ifPresent(node -> assertThat(NodeAddress.parse(node.uri())).contains(node));
    ItemAddress.parse(text)
        .filter(item -> item.uri().length() <= MAX_URI)
        .ifPresent(item -> assertThat(ItemAddress.parse(item.uri())).contains(item));
  }

  private static void handles(String text) {
    Handle.parse(text)
        .ifPresent(handle -> {
          assertThat(Handle.parse(handle.toString())).contains(handle);
          assertThat(Handle.parse(handle.acct())).contains(handle);
          Jid jid = VIRTUAL.of(handle);
          assertThat(Jid.parse(jid.toString())).contains(jid);
          VIRTUAL.handle(jid).ifPresent(meant -> assertThat(meant).isEqualTo(handle));
          URLS.byHandle(handle).ifPresent(ours -> assertThat(URLS.serves(ours)).isTrue());
        });
  }

  private static void escapes(String text) {
    assertThat(JidEscaping.unescape(JidEscaping.escape(text))).isEqualTo(text);
    ActorName.unescape(text).ifPresent(name -> assertThat(ActorName.escape(name)).isEqualTo(text));
    assertThat(ActorName.unescape(ActorName.escape(text))).contains(text);
    Domains.canonical(text)
        .ifPresent(domain -> assertThat(Domains.canonical(domain)).contains(domain));
  }

  private static void urls(String text) {
    Optional<URI> url = url(text);
    url.ifPresent(known -> {
      URLS.account(known).ifPresent(ours -> assertThat(URLS.serves(ours)).isTrue());
      URLS.post(known).ifPresent(post -> assertThat(URLS.serves(post.account())).isTrue());
      String authority = Authority.of(known);
      if (known.getHost() != null) {
        URI again = URI.create(known.getScheme() + "://" + authority);
        assertThat(Authority.of(again)).isEqualTo(authority);
        assertThat(Authority.site(again)).isEqualTo(Authority.site(known));
      }
    });
    // Whoever is dialled, by whatever reads numbers most freely.
    resolved(text);
    url.filter(known -> WebAddresses.mayBeAsked(known, true))
        .ifPresent(known -> resolved(known.getHost()));
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private static void resolved(String host) {
    Promise.Completable<List<InetSocketAddress>> dialled = new Promise.Completable<>();
    new CheckedResolver(
            Runnable::run, name -> new InetAddress[] {address(name)}, /* allowPrivate= */ false)
        .resolve(host, 443, Map.of(), dialled);
    if (!dialled.isCompletedExceptionally()) {
      dialled.join().forEach(at -> isOutside(at.getAddress()));
    }
  }

  /** As inet_aton reads it, which takes 0x7f.1 and 017700000001; a name leads outside. */
  private static InetAddress address(String name) {
    try {
      return InetAddress.ofLiteral(name.replaceAll("^\\[|]$", ""));
    } catch (IllegalArgumentException notALiteral) {
      try {
        return Inet4Address.ofPosixLiteral(name);
      } catch (IllegalArgumentException aName) {
        return InetAddress.ofLiteral(OUTSIDE);
      }
    }
  }

  private static void isOutside(InetAddress address) {
    assertThat(
            address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress())
        .as("%s", address)
        .isFalse();
    byte[] bytes = address.getAddress();
    assertThat(bytes.length == 4 || (bytes[0] & 0xe0) == 0x20).as("%s", address).isTrue();
  }
}
