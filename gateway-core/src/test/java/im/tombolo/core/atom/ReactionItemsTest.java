package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.JABBER_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReactionItemsTest {
  private static final Instant TEN = Instant.parse("2026-01-02T10:00:00Z");
  private static final URI POST = URI.create("https://a.example/1");

  private static Element xml(String text) {
    return XmlReader.strict().read(text, JABBER_CLIENT).value().orElseThrow();
  }

  private static Reaction reaction(String emoji, int second) {
    return new Reaction(
        POST,
        URI.create("https://b.example/bob"),
        Optional.of(emoji).filter(text -> !text.isEmpty()),
        URI.create("https://b.example/" + second),
        Optional.empty(),
        TEN.plusSeconds(second));
  }

  @Test
  void attachmentsAreReadAsTheyAreWritten() {
    Element written =
        ReactionItems.attachments(List.of(reaction("", 0), reaction("👍", 1), reaction("🔥", 2)));

    assertThat(XmlWriter.write(written))
        .isEqualTo(
            "<attachments xmlns='urn:xmpp:pubsub-attachments:1'>"
                + "<noticed timestamp='2026-01-02T10:00:00Z'/>"
                + "<reactions timestamp='2026-01-02T10:00:02Z'><reaction>👍</reaction>"
                + "<reaction>🔥</reaction></reactions></attachments>");
    assertThat(ReactionItems.read(written).value())
        .contains(new Attached(true, Set.of("👍", "🔥")));
  }

  @Test
  void theExamplesOfTheSpecificationForgetTheNamespace() {
    assertThat(ReactionItems.read(xml("<attachments><noticed/></attachments>")).value())
        .contains(new Attached(true, Set.of()));
  }

  @Test
  void whatIsNoEmojiIsLeftOut() {
    String payload =
        "<attachments xmlns='urn:xmpp:pubsub-attachments:1'><reactions><reaction>nice</reaction>"
            + "<reaction>👌👌</reaction><reaction>🔥</reaction></reactions>"
            + "<rsvp xmlns='urn:xmpp:calendar-events:0'/></attachments>";

    assertThat(ReactionItems.read(xml(payload)).value())
        .contains(new Attached(false, Set.of("🔥")));
  }

  @Test
  void onePersonHasOnlySoManyEmoji() {
    String many =
        IntStream.range(0, 100)
            .mapToObj(i -> "<reaction>" + Character.toString(0x1F600 + i % 64) + "</reaction>")
            .collect(Collectors.joining());
    Element payload =
        xml(
            "<attachments xmlns='urn:xmpp:pubsub-attachments:1'><reactions>"
                + many
                + "</reactions></attachments>");

    assertThat(ReactionItems.read(payload).value().orElseThrow().emojis())
        .hasSize(Reaction.MAX_OF_ONE);
  }

  @Test
  void anEntryIsNoAttachment() {
    assertThat(ReactionItems.read(xml("<entry xmlns='http://www.w3.org/2005/Atom'/>")).value())
        .isEmpty();
  }

  @Test
  void aSummaryLeavesOutTheCountOfOne() {
    SequencedMap<String, Long> emojis = new LinkedHashMap<>();
    emojis.put("👍", 2L);
    emojis.put("🔥", 1L);

    assertThat(XmlWriter.write(ReactionItems.summary(new ReactionCounts(5, emojis))))
        .isEqualTo(
            "<summary xmlns='urn:xmpp:pubsub-attachments:summary:1'><noticed count='5'/>"
                + "<reactions><reaction count='2'>👍</reaction><reaction>🔥</reaction></reactions>"
                + "</summary>");
    assertThat(
            XmlWriter.write(
                ReactionItems.summary(new ReactionCounts(0, new LinkedHashMap<>(Map.of())))))
        .isEqualTo("<summary xmlns='urn:xmpp:pubsub-attachments:summary:1'/>");
  }

  @Test
  void aHeartIsReadAsItIsWritten() {
    Element heart =
        ReactionItems.heart(new Byline("Bob", Jid.of("bob@b.example")), "https://b.example/1", TEN);

    assertThat(ReactionItems.isHeart(heart)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<title>♥♥</title>",
        "<title>I ♥ it</title>",
        "<title>♥</title><content>Poem</content>",
        "<content>♥</content>"
      })
  void aCommentThatSaysMoreIsNoHeart(String inside) {
    assertThat(
            ReactionItems.isHeart(
                xml("<entry xmlns='http://www.w3.org/2005/Atom'>" + inside + "</entry>")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xmpp:ada%5C40social.example@ap.example.org?;node=urn%3Axmpp%3Amicroblog%3A0;item=abc",
        "xmpp:ada%5c40social.example@ap.example.org?;node=urn%3axmpp%3amicroblog%3a0;item=abc",
        "xmpp:ada\\40social.example@ap.example.org?;node=urn:xmpp:microblog:0;item=abc",
        "xmpp:ada\\40social.example@ap.example.org?;item=abc;node=urn:xmpp:microblog:0"
      })
  void aNodeIsForAnItemInWhateverSpelling(String uri) {
    ItemAddress item =
        new ItemAddress(
            Jid.of("ada\\40social.example@ap.example.org"), Namespaces.MICROBLOG, "abc");

    assertThat(AttachmentNodes.item("urn:xmpp:pubsub-attachments:1/" + uri)).contains(item);
    assertThat(AttachmentNodes.item(AttachmentNodes.of(item).node())).contains(item);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:xmpp:pubsub-attachments:1",
        "urn:xmpp:pubsub-attachments:1/",
        "urn:xmpp:pubsub-attachments:1/xmpp:ada@a.example",
        "urn:xmpp:pubsub-attachments:1/https://a.example/1",
        "urn:xmpp:pubsub-attachments:1/xmpp:%ff@a.example?;node=a;item=b%zz",
        "urn:xmpp:microblog:0"
      })
  void otherNamesAreOfNoSuchNode(String node) {
    assertThat(AttachmentNodes.item(node)).isEmpty();
  }
}
