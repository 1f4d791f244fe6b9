package im.tombolo.core.atom;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.fuzz.Bounded;
import im.tombolo.fuzz.Posts;
import java.nio.charset.StandardCharsets;

/** Payloads of pubsub items and messages, each read by every reader. */
class EntryFuzzTest {
  @DictionaryEntries({
    "<entry xmlns='http://www.w3.org/2005/Atom'>",
    "<title>",
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>",
    "<content type='html'>",
    "<link rel='enclosure' href='https://",
    "<link rel='replies' href='xmpp:",
    "<link rel='related' href='",
    "<category term='",
    "<published>",
    "<author><uri>xmpp:",
    "xml:lang='",
    " xmlns='urn:xmpp:calendar-events:0'",
    " xmlns='urn:xmpp:pubsub-attachments:1'",
    " xmlns='http://jabber.org/protocol/geoloc'",
    " xmlns='urn:xmpp:reference:0'",
    " xmlns='jabber:x:data'",
    " xmlns='vcard-temp'",
    " xmlns='urn:ietf:params:xml:ns:vcard-4.0'",
    " xmlns='urn:xmpp:sfs:0'",
    " xmlns='urn:xmpp:reply:0'",
    " xmlns='urn:xmpp:message-retract:1'",
    "<start-time>",
    "<rrule>",
    "FREQ=DAILY;COUNT=",
    "TZID=",
    "&lt;p&gt;",
    "<![CDATA[",
    "&#13;"
  })
  @FuzzTest(maxDuration = "3s")
  void payloads(byte[] data) {
    String xml = new String(data, StandardCharsets.UTF_8);
    Bounded.work(() -> {
      XmlReader.strict().read(xml).value().ifPresent(EntryFuzzTest::isReadByEverybody);
      return xml;
    });
  }

  private static void isReadByEverybody(Element element) {
    Posts.isReadAsWritten(element);
    switch (EntryReader.read(element, Posts.NOW)) {
      case Reading.Of<Entry>(Entry entry) -> {
        assertThat(entry.dates().updated()).isBeforeOrEqualTo(Posts.NOW);
        Posts.canBeTold(entry.content(), entry.dates());
      }
      case Reading.Refused<Entry>(String reason) ->
          assertThat(reason).matches("[\\w' ,.()-]{4,100}");
    }
    ReactionItems.read(element);
    RsvpItems.read(element);
    ChatReader.read(element);
    VCards.read(element);
    VCards.read4(element);
    Avatars.read(element);
    Avatars.banner(element);
    PublicLists.read(element);
  }
}
