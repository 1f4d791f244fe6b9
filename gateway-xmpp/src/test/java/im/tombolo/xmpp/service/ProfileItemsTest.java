package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileItemsTest {
  private static final String ADA = Stage.jid("ada");
  private static final String VCARD_TEMP = "<vCard xmlns='vcard-temp'/>";
  private static final byte[] PNG = png();
  private static final String SHA1 = sha1(PNG);

  private final Stage stage = new Stage();

  @BeforeEach
  void ada() {
    stage.peers.add("ada", 0);
    stage.peers.picture("ada", PNG);
  }

  private static byte[] png() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", out);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
    return out.toByteArray();
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  private static String items(String node, String ids) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='"
        + node
        + "'>"
        + ids
        + "</items></pubsub>";
  }

  private static String inPubsub(String node, String item) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='"
        + node
        + (item.isEmpty() ? "'/>" : "'>" + item + "</items>")
        + "</pubsub>";
  }

  private static final String VCARD4 =
      "<item id='current'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>"
          + "<fn><text>Miss ada</text></fn><nickname><text>ada</text></nickname>"
          + "<note><text>Mathematics &amp; more</text></note>"
          + "<url><uri>https://social.example/ada/profile</uri></url>"
          + "<impp><uri>acct:ada@social.example</uri></impp></vcard></item>";

  @ParameterizedTest
  @ValueSource(strings = {"", "<item id='current'/>", "<item id='other'/><item id='current'/>"})
  void theVcardIsOneItem(String ids) {
    assertThat(Stage.words(stage.get(ADA, items("urn:xmpp:vcard4", ids))))
        .isEqualTo(inPubsub("urn:xmpp:vcard4", VCARD4));
  }

  @Test
  void theNickIsTheName() {
    assertThat(Stage.words(stage.get(ADA, items("http://jabber.org/protocol/nick", ""))))
        .isEqualTo(
            inPubsub(
                "http://jabber.org/protocol/nick",
                "<item id='current'><nick xmlns='http://jabber.org/protocol/nick'>Miss ada</nick>"
                    + "</item>"));
  }

  @Test
  void theMetadataOfThePictureAreUnderItsSha1() {
    assertThat(Stage.words(stage.get(ADA, items("urn:xmpp:avatar:metadata", ""))))
        .isEqualTo(
            inPubsub(
                "urn:xmpp:avatar:metadata",
                "<item id='%1$s'><metadata xmlns='urn:xmpp:avatar:metadata'><info id='%1$s'"
                        .formatted(SHA1)
                    + " bytes='"
                    + PNG.length
                    + "' type='image/png' width='3' height='2'/></metadata></item>"));
  }

  @Test
  void theDataOfThePictureAreItsBytes() {
    String expected =
        inPubsub(
            "urn:xmpp:avatar:data",
            "<item id='"
                + SHA1
                + "'><data xmlns='urn:xmpp:avatar:data'>"
                + Base64.getEncoder().encodeToString(PNG)
                + "</data></item>");

    assertThat(Stage.words(stage.get(ADA, items("urn:xmpp:avatar:data", "")))).isEqualTo(expected);
    assertThat(
            Stage.words(stage.get(ADA, items("urn:xmpp:avatar:data", "<item id='" + SHA1 + "'/>"))))
        .isEqualTo(expected);
  }

  @Test
  void thePictureIsAskedForOnce() {
    stage.get(ADA, items("urn:xmpp:avatar:metadata", ""));
    stage.get(ADA, items("urn:xmpp:avatar:data", ""));
    stage.get(ADA, VCARD_TEMP);

    assertThat(stage.peers.asked())
        .filteredOn(uri -> uri.getPath() != null && uri.getPath().endsWith("face.png"))
        .hasSize(1);
  }

  @Test
  void whoHasNoPictureSaysSo() {
    stage.peers.add("bob", 0);

    assertThat(Stage.words(stage.get(Stage.jid("bob"), items("urn:xmpp:avatar:metadata", ""))))
        .isEqualTo(
            inPubsub(
                "urn:xmpp:avatar:metadata",
                "<item id='current'><metadata xmlns='urn:xmpp:avatar:metadata'/></item>"));
    assertThat(Stage.words(stage.get(Stage.jid("bob"), items("urn:xmpp:avatar:data", ""))))
        .isEqualTo(inPubsub("urn:xmpp:avatar:data", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:xmpp:vcard4",
        "http://jabber.org/protocol/nick",
        "urn:xmpp:avatar:metadata",
        "urn:xmpp:avatar:data"
      })
  void anItemOfAnotherNameIsNotFound(String node) {
    assertThat(Stage.words(stage.get(ADA, items(node, "<item id='other'/>"))))
        .isEqualTo("item-not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:xmpp:vcard4",
        "http://jabber.org/protocol/nick",
        "urn:xmpp:avatar:metadata",
        "urn:xmpp:avatar:data"
      })
  void ofSomebodyUnknownNothingIsFoundAndOfAPeerThatIsDownNothingIsKnown(String node) {
    stage.peers.silent("carl");

    assertThat(Stage.words(stage.get(Stage.jid("nobody"), items(node, ""))))
        .isEqualTo("item-not-found");
    assertThat(Stage.words(stage.get(Stage.jid("carl"), items(node, ""))))
        .isEqualTo("remote-server-timeout");
  }

  @Test
  void theOldVcardHoldsThePicture() {
    assertThat(Stage.words(stage.get(ADA, VCARD_TEMP)))
        .isEqualTo(
            "<vCard xmlns='vcard-temp'><FN>Miss ada</FN><NICKNAME>ada</NICKNAME>"
                + "<DESC>Mathematics &amp; more</DESC>"
                + "<URL>https://social.example/ada/profile</URL>"
                + "<PHOTO><TYPE>image/png</TYPE><BINVAL>"
                + Base64.getEncoder().encodeToString(PNG)
                + "</BINVAL></PHOTO></vCard>");
  }

  @Test
  void theOldVcardOfSomebodyWithoutAPictureHasNone() {
    stage.peers.add("bob", 0);

    Element card = Stage.payload(stage.get(Stage.jid("bob"), VCARD_TEMP));

    assertThat(card.child("PHOTO", Namespaces.VCARD_TEMP)).isEmpty();
  }

  @Test
  void nobodyChangesTheVcardOfSomebodyElse() {
    assertThat(Stage.words(stage.set(ADA, VCARD_TEMP))).isEqualTo("forbidden");
  }

  @Test
  void theOldVcardOfSomebodyUnknownIsNotFound() {
    stage.peers.silent("carl");

    assertThat(Stage.words(stage.get(Stage.jid("nobody"), VCARD_TEMP))).isEqualTo("item-not-found");
    assertThat(Stage.words(stage.get(Stage.jid("carl"), VCARD_TEMP)))
        .isEqualTo("remote-server-timeout");
  }

  @Test
  void theWidePictureIsNamedByItsAddress() {
    assertThat(Stage.words(stage.get(ADA, items("urn:xmpp:movim-banner:0", ""))))
        .contains("type='image/webp' url='" + FakePeers.id("ada") + "/banner.webp'");
  }
}
