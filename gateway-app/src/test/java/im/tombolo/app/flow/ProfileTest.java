package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.AVATAR_DATA;
import static im.tombolo.core.xml.Namespaces.AVATAR_METADATA;
import static im.tombolo.core.xml.Namespaces.BANNER;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static im.tombolo.core.xml.Namespaces.VCARD4_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names, texts and pictures of people here are shown there. */
class ProfileTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void romeoHasABlogThatAdaFollows() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.sent();
    flows.advance(Duration.ofMinutes(1));
  }

  private void publishes(String node, String id, String payload) {
    flows.xmpp().opens(ROMEO, node);
    flows.xmpp().holds(ROMEO, node, Entries.payload(id, payload));
  }

  private void isCalled(String name) {
    publishes(
        VCARD4_NODE,
        "current",
        "<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><fn><text>%s</text></fn>".formatted(name)
            + "<note><text>Montague</text></note></vcard>");
  }

  private void hasAPicture() {
    publishes(AVATAR_DATA, "x", "<data xmlns='urn:xmpp:avatar:data'>" + PIXEL + "</data>");
    publishes(
        AVATAR_METADATA,
        "x",
        "<metadata xmlns='urn:xmpp:avatar:metadata'><info id='x' bytes='1' type='image/png'/></metadata>");
  }

  private void hasAVcard(String content) {
    Element vcard =
        XmlReader.strict()
            .read("<vCard xmlns='vcard-temp'>" + content + "</vCard>")
            .value()
            .orElseThrow();
    flows.xmpp().hasVcard(ROMEO, vcard);
  }

  private void tells(String node) {
    flows.reconciler().event(ROMEO, node, List.of(), List.of());
    flows.compare();
  }

  private Account.Face face() {
    return flows.ask(session -> session.accounts().find(ROMEO)).orElseThrow().face();
  }

  @Test
  void aNewNameIsSentToWhoFollows() {
    isCalled("Romeo");
    tells(VCARD4_NODE);

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(update -> {
          assertThat(update.type()).isEqualTo("Update");
          assertThat(update.inbox()).isEqualTo(ADA.serversInbox());
          assertThat(update.text("/object/id")).isEqualTo(flows.urls().actor(ROMEO).toString());
          assertThat(update.text("/object/name")).isEqualTo("Romeo");
          assertThat(update.text("/object/summary")).contains("Montague");
          assertThat(update.activity().at("/object/icon").isMissingNode()).isTrue();
        });
  }

  @Test
  void aNewPictureIsSentToWhoFollows() {
    hasAPicture();
    tells(AVATAR_METADATA);

    Account.Avatar avatar = face().avatar().orElseThrow();
    assertThat(avatar.mediaType()).isEqualTo("image/png");
    assertThat(flows.deliveries())
        .extracting(update -> update.text("/object/icon/url"))
        .containsExactly(flows.urls().avatar(ROMEO, avatar.sha1()).toString());
    assertThat(flows.find(session -> session.pictures().find(avatar.sha1()))).isPresent();
  }

  @Test
  void theSameFaceAgainIsNoUpdate() {
    isCalled("Romeo");
    tells(VCARD4_NODE);
    flows.sent();

    tells(VCARD4_NODE);

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void aChangeBackIsAnUpdateToo() {
    isCalled("Romeo");
    tells(VCARD4_NODE);
    isCalled("R.");
    tells(VCARD4_NODE);
    isCalled("Romeo");
    flows.advance(Duration.ofSeconds(1));
    tells(VCARD4_NODE);

    assertThat(flows.deliveries())
        .extracting(update -> update.text("/object/name"))
        .containsExactly("Romeo", "R.", "Romeo");
  }

  @Test
  void aVcardTellsWhatThePublicNodesDoNot() {
    hasAVcard(
        "<FN>Romeo</FN><DESC>Montague</DESC><PHOTO><BINVAL>%s</BINVAL></PHOTO>".formatted(PIXEL));
    tells(VCARD4_NODE);

    assertThat(face().name()).isEqualTo("Romeo");
    assertThat(face().bio().toPlainText()).isEqualTo("Montague");
    assertThat(face().avatar()).isPresent();
  }

  @Test
  void thePublicNodesCountMoreThanTheVcard() {
    hasAVcard("<FN>Old name</FN>");
    isCalled("Romeo");
    tells(VCARD4_NODE);

    assertThat(face().name()).isEqualTo("Romeo");
  }

  @Test
  void aFaceStaysWhileItsServerDoesNotAnswer() {
    isCalled("Romeo");
    tells(VCARD4_NODE);
    flows.sent();
    flows.xmpp().isSilent(ROMEO);

    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(face().name()).isEqualTo("Romeo");
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void aNodeIsCalledAsItsServiceCallsIt() {
    Jid service = Jid.domain("pubsub.example.org");
    Jid news = Jid.of("news@pubsub.example.org");
    flows.xmpp().isA(service, "pubsub/service");
    flows.xmpp().opens(service, "news");
    flows.xmpp().calls(service, "news", "The News", "Of Verona");
    flows.isFollowedBy(news, ADA);

    flows.compare();

    assertThat(flows.deliveries()).extracting(Delivery::signer).containsExactly(news);
    assertThat(flows.deliveries())
        .extracting(update -> update.text("/object/name"))
        .containsExactly("The News");
    assertThat(flows.deliveries())
        .extracting(update -> update.text("/object/type"))
        .containsExactly("Group");
  }

  @Test
  void aStrangersEventIsNothing() {
    flows.reconciler().event(Jid.of("tybalt@example.org"), VCARD4_NODE, List.of(), List.of());

    assertThat(flows.compare()).isZero();
  }

  @Test
  void aBannerIsAWidePictureThere() {
    publishes(
        BANNER,
        "x",
        "<metadata xmlns='urn:xmpp:avatar:metadata'><info id='x' bytes='1' type='image/png'"
            + " url='https://files.example.org/banner.png'/></metadata>");
    tells(BANNER);

    assertThat(flows.deliveries())
        .extracting(update -> update.text("/object/image/url"))
        .containsExactly("https://files.example.org/banner.png");
  }

  @Test
  void aBannerWithoutAnAddressOfTheWebIsNone() {
    publishes(
        BANNER,
        "x",
        "<metadata xmlns='urn:xmpp:avatar:metadata'><info id='x' type='image/png'"
            + " url='javascript:alert(1)'/></metadata>");
    tells(BANNER);

    assertThat(face().banner()).isEmpty();
  }
}
