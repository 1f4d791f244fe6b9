package im.tombolo.interop;

import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.Web;
import im.tombolo.interop.stage.Xml;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Name, bio and picture, both ways. */
interface ProfileTests {
  String VCARD = "urn:xmpp:vcard4";
  String METADATA = "urn:xmpp:avatar:metadata";
  String DATA = "urn:xmpp:avatar:data";

  Town town();

  @Test
  default void anXmppProfileIsTheActorsProfile() {
    byte[] picture = town().web.get(pictureOf("painter", "aa5500"), "image/*").bytes();
    String name = unique("Romeo ");
    romeoIsCalled(name);
    romeoLooksLike(picture);

    JsonNode actor =
        eventually()
            .until(
                () -> town().fedify.lookup("acct:" + town().romeo.bareJid()),
                found -> found.path("name").asString("").equals(name) && found.has("icon"));
    assertThat(actor.path("preferredUsername").asString()).isEqualTo("romeo");
    assertThat(actor.path("summary").asString()).contains("A lover of " + name);
    Web.Page icon = town().web.get(actor.path("icon").path("url").asString(), "image/*");
    assertThat(icon.type()).isEqualTo("image/png");
    assertThat(icon.bytes()).isEqualTo(picture);
  }

  @Test
  default void aChangeOfAnXmppProfileReachesTheFollowers() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String name = unique("Romeo ");
    romeoIsCalled(name);

    assertThat(eventuallyGets(town().fedify, "Update", name).objectId())
        .isEqualTo(town().actorOf(town().romeo));
  }

  private void romeoIsCalled(String name) {
    String vcard =
        """
        <vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>\
        <fn><text>%s</text></fn><note><text>A lover of %s</text></note></vcard>\
        """
            .formatted(name, name);
    blog(town().romeo).publishOpen(VCARD, "current", vcard);
  }

  private void romeoLooksLike(byte[] png) {
    String id = sha1(png);
    String data =
        "<data xmlns='%s'>%s</data>".formatted(DATA, Base64.getEncoder().encodeToString(png));
    String metadata =
        "<metadata xmlns='%s'><info id='%s' bytes='%d' type='image/png' width='32' height='32'/></metadata>"
            .formatted(METADATA, id, png.length);
    blog(town().romeo).publishOpen(DATA, id, data);
    blog(town().romeo).publishOpen(METADATA, id, metadata);
  }

  @Test
  default void aFediverseProfileIsAVcardAnAvatarAndANickname() {
    String ada = unique("ada");
    String jid = town().jid(ada);
    byte[] picture = town().web.get(pictureOf(ada, "3366cc"), "image/*").bytes();

    Xml vcard = town().julietSees(ada).items(VCARD);
    assertThat(vcard.text("//v4:fn/v4:text")).isEqualTo("Peer " + ada);
    assertThat(vcard.text("//v4:note/v4:text")).isEqualTo("Hello, I am " + ada);
    Xml old = town().juliet.iq("get", jid, "<vCard xmlns='vcard-temp'/>");
    assertThat(old.text("//vt:FN")).isEqualTo("Peer " + ada);
    Xml metadata = town().julietSees(ada).items(METADATA);
    assertThat(metadata.text("//md:info/@id")).isEqualTo(sha1(picture));
    Xml data = town().julietSees(ada).item(DATA, sha1(picture));
    assertThat(Base64.getMimeDecoder().decode(data.text("//data:data"))).isEqualTo(picture);
    Xml nick = town().julietSees(ada).items("http://jabber.org/protocol/nick");
    assertThat(nick.text("//nick:nick")).isEqualTo("Peer " + ada);
  }

  @Test
  default void aChangeOfAFediverseProfileArrives() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    assertThat(town().julietSees(ada).items(VCARD).text("//v4:fn/v4:text"))
        .isEqualTo("Peer " + ada);
    String name = unique("Ada ");
    town().fedify.updateProfile(ada, Map.of("name", name, "icon", "cc0000"));
    byte[] picture = town().web.get(pictureOf(ada, "cc0000"), "image/*").bytes();

    eventually()
        .until(() -> town().julietSees(ada).items(VCARD).text("//v4:fn/v4:text"), name::equals);
    eventually()
        .until(
            () -> town().julietSees(ada).items(METADATA).text("//md:info/@id"),
            sha1(picture)::equals);
  }

  private String pictureOf(String user, String colour) {
    return town().fedify.site().origin() + "/media/" + user + "-" + colour + ".png";
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
