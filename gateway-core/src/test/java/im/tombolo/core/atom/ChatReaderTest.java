package im.tombolo.core.atom;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stanzas ask for, as clients write them. */
class ChatReaderTest {
  private static ChatMessage read(String inside) {
    String xml = "<message id='m' xml:lang='en'>" + inside + "</message>";
    return ChatReader.read(
        XmlReader.strict().read(xml, Namespaces.JABBER_CLIENT).value().orElseThrow());
  }

  private static ChatMessage.Words words(String inside) {
    return (ChatMessage.Words) read(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<body/>",
        "<body>  \n </body>",
        "<subject>Only a subject</subject>",
        "<thread>t</thread>",
        "<active xmlns='http://jabber.org/protocol/chatstates'/>",
        "<composing xmlns='http://jabber.org/protocol/chatstates'/><thread>t</thread>",
        "<received xmlns='urn:xmpp:receipts' id='1'/>",
        "<displayed xmlns='urn:xmpp:chat-markers:0' id='1'/><store xmlns='urn:xmpp:hints'/>",
        "<reactions xmlns='urn:xmpp:reactions:0'><reaction>👍</reaction></reactions>",
        "<attention xmlns='urn:xmpp:attention:0'/>",
        "<propose xmlns='urn:xmpp:jingle-message:0' id='1'/>",
        "<x xmlns='jabber:x:oob'><url>file:///etc/passwd</url></x>",
        "<replace xmlns='urn:xmpp:message-correct:0' id='1'/>",
        "<reply xmlns='urn:xmpp:reply:0' id='1'/>",
        "<retract xmlns='urn:xmpp:message-retract:1'/>",
        "<body>&gt; Hi</body><reply xmlns='urn:xmpp:reply:0' id='1'/>"
            + "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'/>"
      })
  void whatSaysNothingCrossesNothing(String inside) {
    assertThat(read(inside)).isInstanceOf(ChatMessage.Silent.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <encrypted xmlns="eu.siacs.conversations.axolotl"/>                        | OMEMO
          <encrypted xmlns="urn:xmpp:omemo:1"/>                                      | OMEMO
          <encrypted xmlns="urn:xmpp:omemo:2"/><store xmlns="urn:xmpp:hints"/>       | OMEMO
          <encryption xmlns="urn:xmpp:eme:0" namespace="urn:xmpp:omemo:2"/><encrypted xmlns="urn:xmpp:omemo:2"/> | OMEMO
          <openpgp xmlns="urn:xmpp:openpgp:0">x</openpgp>                            | OpenPGP
          <x xmlns="jabber:x:encrypted">x</x>                                        | OpenPGP
          <encryption xmlns="urn:xmpp:eme:0" namespace="urn:xmpp:otr:0"/>            | encryption
          <body>?OTR:AAMC</body>                                                     | OTR
          <body>?OTRv23?</body>                                                      | OTR
          <body>aesgcm://files.example/cat.png#00</body>                             | OMEMO
          """)
  void whatIsEncryptedIsKnownWhateverItsBodySays(String inside, String method) {
    String fallback = inside.contains("<body>") ? "" : "<body>I sent you a secret</body>";

    assertThat(read(fallback + inside)).isEqualTo(new ChatMessage.Encrypted(method));
    assertThat(read(inside)).isEqualTo(new ChatMessage.Encrypted(method));
  }

  @Test
  void aMessageHasNamesAThreadAndReaders() {
    ChatMessage.Words words =
        words(
            "<body>Hi</body><thread> t </thread><origin-id xmlns='urn:xmpp:sid:0' id='o'/>"
                + "<request xmlns='urn:xmpp:receipts'/>"
                + "<addresses xmlns='http://jabber.org/protocol/address'>"
                + "<address type='to' jid='a@b.example/x'/><address type='cc' jid='c@d.example'/>"
                + "<address type='bcc' jid='e@f.example'/><address type='to' uri='http://g'/>"
                + "<address type='to' jid='@'/></addresses>");

    ChatMessage.Header header = words.header();
    assertThat(header.stanzaId()).isEqualTo("m");
    assertThat(header.names()).containsExactly("o", "m");
    assertThat(header.thread()).contains("t");
    assertThat(header.wantsReceipt()).isTrue();
    assertThat(header.addressed()).containsExactly(Jid.of("a@b.example"), Jid.of("c@d.example"));
    assertThat(words.language()).contains("en");
  }

  @Test
  void aSubjectIsTheFirstLine() {
    assertThat(words("<subject>News</subject><body>Hi</body>").text()).isEqualTo("News\n\nHi");
  }

  @Test
  void whatRepeatsTheAnsweredMessageIsLeftOut() {
    ChatMessage.Words words =
        words(
            "<body>&gt; \uD83D\uDE00\nYes</body><reply xmlns='urn:xmpp:reply:0' id='r'/>"
                + "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
                + "<body start='0' end='4'/></fallback>");

    assertThat(words.text()).isEqualTo("Yes");
    assertThat(words.answers()).contains("r");
  }

  @ParameterizedTest
  @CsvSource({"-1, 9", "9, 2", "99999999999, 4", "x, y", "5, 999999999"})
  void oddRangesDoNoHarm(String start, String end) {
    String inside =
        "<body>Hello</body><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
            + "<body start='"
            + start
            + "' end='"
            + end
            + "'/></fallback><x xmlns='jabber:x:oob'><url>https://a.example/1</url></x>";

    assertThat(words(inside).files()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<retract xmlns='urn:xmpp:message-retract:1' id='r'/><body>fallback</body>",
        "<apply-to xmlns='urn:xmpp:fasten:0' id='r'>"
            + "<retract xmlns='urn:xmpp:message-retract:0'/></apply-to>"
      })
  void aRetractionNamesWhatItTakesBack(String inside) {
    assertThat(((ChatMessage.Retraction) read(inside)).of()).isEqualTo("r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<x xmlns='jabber:x:oob'><url>https://a.example/1.png</url></x>",
        "<file-sharing xmlns='urn:xmpp:sfs:0'><sources><url-data"
            + " xmlns='http://jabber.org/protocol/url-data' target='https://a.example/1.png'/>"
            + "</sources></file-sharing>",
        "<reference xmlns='urn:xmpp:reference:0' type='data'><media-sharing xmlns='urn:xmpp:sims:1'>"
            + "<sources><reference xmlns='urn:xmpp:reference:0' type='data'"
            + " uri='https://a.example/1.png'/></sources></media-sharing></reference>"
      })
  void aFileIsOneHoweverItIsTold(String inside) {
    ChatMessage.Words words = words("<body>https://a.example/1.png</body>" + inside);

    assertThat(words.text()).isEmpty();
    assertThat(words.files())
        .extracting(Attachment::href)
        .containsExactly(URI.create("https://a.example/1.png"));
  }

  @Test
  void reactionsAreEmojiWhateverTheBodySays() {
    ChatMessage.Reactions reactions =
        (ChatMessage.Reactions)
            read(
                "<reactions xmlns='urn:xmpp:reactions:0' id='r'><reaction>👍</reaction>"
                    + "<reaction>👍</reaction><reaction>words</reaction></reactions>"
                    + "<body>👍</body>"
                    + "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reactions:0'/>");

    assertThat(reactions.of()).isEqualTo("r");
    assertThat(reactions.emojis()).containsExactly("👍");
  }

  @Test
  void aCorrectionNamesWhatItReplaces() {
    assertThat(
            words("<body>Hi</body><replace xmlns='urn:xmpp:message-correct:0' id='r'/>").replaces())
        .contains("r");
  }
}
