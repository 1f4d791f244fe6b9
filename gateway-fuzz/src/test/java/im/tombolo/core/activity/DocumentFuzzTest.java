package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.fuzz.Bounded;
import im.tombolo.fuzz.Posts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Documents of ActivityPub, each read by every reader. */
class DocumentFuzzTest {
  private static final URI KEY = URI.create("https://a.example/ada#main-key");
  private static final VirtualJids VIRTUAL = new VirtualJids(Jid.domain("ap.example.org"));

  @DictionaryEntries({
    "\"type\":\"",
    "\"id\":\"https://a.example/",
    "\"actor\":\"https://a.example/ada\"",
    "\"object\":{",
    "\"attributedTo\":",
    "\"content\":\"",
    "\"contentMap\":{\"de\":\"",
    "\"summary\":\"",
    "\"name\":\"",
    "\"tag\":[",
    "\"attachment\":[",
    "\"oneOf\":[",
    "\"location\":{",
    "\"startTime\":\"",
    "\"published\":\"2026-01-01T00:00:00Z\"",
    "\"to\":\"as:Public\"",
    "\"inReplyTo\":",
    "\"preferredUsername\":\"",
    "\"inbox\":\"https://a.example/",
    "\"publicKeyPem\":\"",
    "\"proof\":{",
    "\"Create\"",
    "\"Note\"",
    "\"Question\"",
    "\"Event\"",
    "\"Video\"",
    "\"Person\"",
    "\"Announce\"",
    "\"OrderedCollectionPage\"",
    "\"Hashtag\"",
    "\"Mention\"",
    "\"Emoji\"",
    "\\ud800",
    "\\u0000",
    "<p>",
    "1e999999999"
  })
  @FuzzTest(maxDuration = "3s")
  void documents(byte[] data) {
    String json = new String(data, StandardCharsets.UTF_8);
    Bounded.work(() -> {
      isRead(ActivityReader.read(json)).ifPresent(DocumentFuzzTest::isOfOneServer);
      isRead(PostReader.read(json)).ifPresent(DocumentFuzzTest::isOfOneServer);
      isRead(ActorReader.read(json, Posts.NOW)).ifPresent(DocumentFuzzTest::canBeShown);
      isRead(CollectionReader.read(json));
      isRead(MemberReader.read(json));
      // Whether its owner knows of it is asked later.
      isRead(KeyReader.read(json, KEY)).ifPresent(key -> assertThat(key.id()).isEqualTo(KEY));
      isRead(Jrd.read(json));
      isRead(IntegrityProof.read(json, Posts.NOW));
      ActorReader.readsRfc9421(json);
      return ActivityReader.deleter(json);
    });
  }

  /** What is refused is so with words of ours. */
  private static <T> Optional<T> isRead(Reading<T> reading) {
    if (reading instanceof Reading.Refused<T>(String reason)) {
      assertThat(reason).matches("[\\w' ,.()-]{4,100}");
    }
    return reading.value();
  }

  private static void isOfOneServer(IncomingActivity activity) {
    isSameServer(activity.id(), activity.actor());
    switch (activity) {
      case IncomingActivity.CreatePost(URI id, URI actor, RemotePost post) -> isOfOneServer(post);
      case IncomingActivity.UpdatePost(URI id, URI actor, RemotePost post) -> isOfOneServer(post);
      case IncomingActivity.Delete(URI id, URI actor, URI what) -> isSameServer(what, actor);
      default -> {
        // Of no post.
      }
    }
  }

  private static void isOfOneServer(RemotePost post) {
    isSameServer(post.id(), post.author());
    RemotePost shown = post.notAfter(Posts.NOW);
    Posts.canBeTold(shown.content(), shown.dates());
  }

  /** Compared by the text, up to the path. */
  private static void isSameServer(URI one, URI other) {
    assertThat(origin(one)).isEqualTo(origin(other));
  }

  private static String origin(URI url) {
    return url.toString()
        .replaceFirst("(?i)^(https?://[^/?#]*).*", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^(https://.*):443$", "$1")
        .replaceFirst("^(http://.*):80$", "$1");
  }

  private static void canBeShown(RemoteActor actor) {
    Jid jid = VIRTUAL.of(actor.handle());
    assertThat(Jid.parse(jid.toString())).contains(jid);
    Posts.isReadAsWritten(VCards.vcard4(actor));
    Posts.isReadAsWritten(VCards.vcardTemp(actor, Optional.empty()));
  }
}
