package im.tombolo.core.atom;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.Profile;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ADA = Jid.of("ada\\40social.example@ap.example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final PubsubEvents.Envelope ENVELOPE =
      new PubsubEvents.Envelope(ADA, JULIET, "s1");
  private static final RemoteActor ACTOR =
      new RemoteActor(
          URI.create("https://social.example/ada"),
          Handle.parse("ada@social.example").orElseThrow(),
          ActorKind.PERSON,
          new Profile("Ada", Html.ofPlainText("Counts."), Optional.empty(), Optional.empty()),
          new RemoteActor.Endpoints(
              URI.create("https://social.example/ada/inbox"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          List.of(),
          NOW);

  private static byte[] image(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), format, out))
        .isTrue();
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"png,image/png", "jpg,image/jpeg", "gif,image/gif"})
  void aPictureIsKnownByItsBytes(String format, String mediaType) throws IOException {
    Picture picture = Avatars.picture(image(format)).orElseThrow();
    assertThat(picture.mediaType()).isEqualTo(mediaType);
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
    assertThat(picture.sha1()).matches("[0-9a-f]{40}");
  }

  @Test
  void whatIsNoPictureIsNone() throws IOException {
    assertThat(Avatars.picture(new byte[0])).isEmpty();
    assertThat(Avatars.picture("<svg onload='x'/>".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Avatars.picture(new byte[Avatars.MAX_BYTES + 1])).isEmpty();
    assertThat(Avatars.picture(Arrays.copyOf(image("png"), 20))).isEmpty();
  }

  /** Heads as libwebp writes them for 3 x 2 pixels: lossy, lossless, and with more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "52494646 24000000 57454250 56503820 18000000 300100 9d012a 0300 0200 000000",
        "52494646 24000000 57454250 5650384c 10000000 2f02400000 00000000 00000000",
        "52494646 24000000 57454250 56503858 0a000000 10000000 020000 010000 00000000"
      })
  void theSizeOfAWebpIsInItsHead(String head) {
    Picture picture = Avatars.picture(webp(head)).orElseThrow();
    assertThat(picture.mediaType()).isEqualTo("image/webp");
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
  }

  @Test
  void case37_aPictureOfMorePixelsThanAClientHasMemoryForIsNone() throws IOException {
    ByteArrayOutputStream wide = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4097, 1, BufferedImage.TYPE_BYTE_BINARY), "png", wide);

    assertThat(Avatars.picture(wide.toByteArray())).isEmpty();
    assertThat(
            Avatars.picture(
                webp(
                    "52494646 24000000 57454250 56503858 0a000000 10000000 ffff00 ffff00 00000000")))
        .isEmpty();
  }

  private static byte[] webp(String head) {
    return HexFormat.of().parseHex(head.replace(" ", ""));
  }

  @Test
  void aVcardIsReadAsItWasWritten() throws IOException {
    Optional<Picture> picture = Avatars.picture(image("png"));
    VCards.Card card = VCards.read(VCards.vcardTemp(ACTOR, picture));
    assertThat(card.name()).isEqualTo("Ada");
    assertThat(card.bio().html()).isEqualTo("<p>Counts.</p>");
    assertThat(card.picture()).isEqualTo(picture);
  }

  @Test
  void anEmptyVcardSaysNothing() {
    VCards.Card card =
        VCards.read(
            XmlReader.strict()
                .read("<vCard xmlns='vcard-temp'><PHOTO><BINVAL>%%</BINVAL></PHOTO></vCard>")
                .value()
                .orElseThrow());
    assertThat(card).isEqualTo(new VCards.Card("", Html.ofPlainText(""), Optional.empty()));
  }

  @Test
  void aVcard4NamesTheActor() {
    assertThat(XmlWriter.write(VCards.vcard4(ACTOR)))
        .startsWith(
            "<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><fn><text>Ada</text></fn>"
                + "<nickname><text>ada</text></nickname><note><text>Counts.</text></note>"
                + "<url><uri>https://social.example/ada</uri></url>");
  }

  @Test
  void noPictureIsEmptyMetadata() {
    assertThat(XmlWriter.write(Avatars.metadata(Optional.empty())))
        .isEqualTo("<metadata xmlns='urn:xmpp:avatar:metadata'/>");
  }

  @Test
  void eventsDeclareTheirNamespacesWithoutPrefixes() {
    Element item = Element.of("item", Namespaces.PUBSUB_EVENT).attribute("id", "i").build();
    String message =
        "<message xmlns='jabber:client' from='ada\\40social.example@ap.example.org'"
            + " to='juliet@example.org' id='s1' type='headline'>"
            + "<event xmlns='http://jabber.org/protocol/pubsub#event'>";
    assertThat(XmlWriter.write(PubsubEvents.item(ENVELOPE, "n", item)))
        .isEqualTo(message + "<items node='n'><item id='i'/></items></event></message>");
    assertThat(XmlWriter.write(PubsubEvents.retract(ENVELOPE, "n", "i")))
        .isEqualTo(message + "<items node='n'><retract id='i'/></items></event></message>");
    assertThat(XmlWriter.write(PubsubEvents.subscription(ENVELOPE, "n", "pending")))
        .isEqualTo(
            message
                + "<subscription node='n' jid='juliet@example.org' subscription='pending'/>"
                + "</event></message>");
  }

  @Test
  void aFeedHasWhatRfc4287AsksFor() {
    GatewayUrls urls = new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
    Account account =
        new Account(
            Jid.of("romeo@example.org"),
            ActorKind.PERSON,
            Account.Blog.OPEN,
            false,
            Account.Face.EMPTY,
            NOW);
    LocalPost post =
        new LocalPost(
            account.address(),
            "k",
            new ItemAddress(account.address(), Namespaces.MICROBLOG, "i"),
            Content.of(Html.ofPlainText("Hello")),
            new Dates(NOW, NOW.plusSeconds(1)),
            Optional.empty());
    Element feed = FeedWriter.write(urls, account, List.of(post), NOW);
    assertThat(feed.child("title", Namespaces.ATOM).orElseThrow().text()).isEqualTo("romeo");
    assertThat(feed.child("updated", Namespaces.ATOM).orElseThrow().text())
        .isEqualTo("2026-01-02T10:00:01Z");
    Element entry = feed.child("entry", Namespaces.ATOM).orElseThrow();
    assertThat(entry.child("id", Namespaces.ATOM).orElseThrow().text())
        .isEqualTo(urls.post(account.address(), "k").toString());
    assertThat(entry.child("title", Namespaces.ATOM).orElseThrow().text()).isEqualTo("Hello");
    assertThat(EntryReader.read(entry, NOW.plusSeconds(9)).value().orElseThrow().content())
        .isEqualTo(Content.of(Html.ofPlainText("Hello")));
  }

  @Test
  void whatAProfileSaysInATableIsInTheCards() {
    Profile profile =
        new Profile(
            "Ada",
            Html.ofPlainText("Counts."),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(
                new Profile.Field("Pronouns", "she/her"), new Profile.Field("Site", "a.example")),
            Optional.of(LocalDate.of(1815, 12, 10)));
    RemoteActor actor =
        new RemoteActor(
            ACTOR.id(),
            ACTOR.handle(),
            ACTOR.kind(),
            profile,
            ACTOR.endpoints(),
            ACTOR.keys(),
            NOW);

    assertThat(XmlWriter.write(VCards.vcard4(actor)))
        .contains("<note><text>Counts.\n\nPronouns: she/her\nSite: a.example</text></note>")
        .contains("<pronouns><text>she/her</text></pronouns>")
        .contains("<bday><date>1815-12-10</date></bday>");
    assertThat(XmlWriter.write(VCards.vcardTemp(actor, Optional.empty())))
        .contains("<DESC>Counts.\n\nPronouns: she/her\nSite: a.example</DESC>")
        .contains("<BDAY>1815-12-10</BDAY>");
  }
}
