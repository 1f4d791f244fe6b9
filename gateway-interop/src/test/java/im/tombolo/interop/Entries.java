package im.tombolo.interop;

import im.tombolo.interop.stage.Xml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Atom entries as XMPP clients publish them (XEP-0277). */
final class Entries {
  private static final String PUBLISHED = "2026-01-02T10:00:00Z";

  private Entries() {}

  /** The shortest kind: the title is the text. */
  static String plain(String id, String text) {
    return entry(id, "<title type='text'>" + Xml.escape(text) + "</title>");
  }

  /** An article in English: a title, and XHTML beside plain text, two tags and a link. */
  static String article(String id, String title, String xhtml, String text) {
    return entry(
        id,
        """
        <title type='text'>%s</title>\
        <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>%s</div></content>\
        <content type='text'>%s</content>\
        <category term='verona'/><category term='balcony'/>\
        <link rel='related' href='https://example.org/capulet' title='Capulet'/>\
        """
            .formatted(Xml.escape(title), xhtml, Xml.escape(text)));
  }

  /** A text, and links or what else stands beside it. */
  static String with(String id, String text, String more) {
    return entry(id, "<title type='text'>" + Xml.escape(text) + "</title>" + more);
  }

  private static String entry(String id, String content) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return "<entry xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><id>tag:xmpp.test,2026:%s</id>%s"
            .formatted(id, content)
        + "<published>%s</published><updated>%s</updated></entry>".formatted(PUBLISHED, now);
  }
}
