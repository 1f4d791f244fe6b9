package im.tombolo.core.atom;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.EventWords;
import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.XmlReader;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as clients publish them (XEP-0471). */
class CalendarEventReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final String TIMES =
      "<start>2026-05-01T20:00:00Z</start><end>2026-05-01T23:00:00Z</end>";

  private static Reading<Entry> read(String namespace, String inside) {
    String xml = "<event xmlns='" + namespace + "'>" + inside + "</event>";
    return EntryReader.read(XmlReader.strict().read(xml).value().orElseThrow(), NOW);
  }

  private static Entry entry(String more) {
    return read("urn:xmpp:calendar-events:0", "<name>Ball</name>" + TIMES + more)
        .value()
        .orElseThrow();
  }

  private static CalendarEvent event(String more) {
    return entry(more).content().event().orElseThrow();
  }

  private static String extra(String name, String value) {
    return """
    <extra><x xmlns='jabber:x:data' type='result'>
    <field var='FORM_TYPE'><value>urn:xmpp:calendar-events:extra:0</value></field>
    <field var='%s'><value>%s</value></field></x></extra>
    """
        .formatted(name, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"urn:xmpp:calendar-events:0", "urn:xmpp:events:0"})
  void bothVersionsAreRead(String namespace) {
    assertThat(read(namespace, "<name>Ball</name>" + TIMES).value())
        .map(Entry::content)
        .flatMap(Content::title)
        .contains("Ball");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<start>2026-05-01T20:00:00Z</start>|an event without a name",
        "<name> </name><start>2026-05-01T20:00:00Z</start>|an event without a name",
        "<name>Ball</name>|an event without a time",
        "<name>Ball</name><start>soon</start>|an event without a time",
      })
  void whatIsNoEventIsRefused(String inside, String reason) {
    assertThat(read("urn:xmpp:events:0", inside)).isEqualTo(Reading.refused(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<start>2026-05-01</start><end>2026-05-03</end>|Friday 1 May 2026 to Sunday 3 May 2026",
        "<start>2026-05-01</start>|Friday 1 May 2026",
        "<start>2026-05-01T20:00:00Z</start>|Friday 1 May 2026, 20:00 (UTC)",
        "<start>2026-05-01T20:00:00-03:00</start>|Friday 1 May 2026, 20:00 (UTC-03:00)",
      })
  void whenItIs(String times, String words) {
    CalendarEvent event =
        read("urn:xmpp:events:0", "<name>Ball</name>" + times)
            .value()
            .orElseThrow()
            .content()
            .event()
            .orElseThrow();
    assertThat(EventWords.when(event.time())).isEqualTo(words);
  }

  @Test
  void formattingOfADescriptionIsKept() {
    assertThat(
            entry(
                    "<description type='text'>Come</description><description type='xhtml'>"
                        + "<div xmlns='http://www.w3.org/1999/xhtml'><strong>Come</strong></div>"
                        + "</description>")
                .content()
                .body()
                .html())
        .isEqualTo("<strong>Come</strong>");
  }

  @Test
  void everyLanguageIsKept() {
    Content content =
        read(
                "urn:xmpp:events:0",
                "<name xml:lang='fr'>Bal</name><name xml:lang='it'>Ballo</name>"
                    + "<description type='text' xml:lang='it'>Vieni</description>"
                    + TIMES)
            .value()
            .orElseThrow()
            .content();

    assertThat(content.language()).contains("fr");
    assertThat(content.translations())
        .singleElement()
        .satisfies(words -> {
          assertThat(words.title()).contains("Ballo");
          assertThat(words.body().toPlainText()).isEqualTo("Vieni");
        });
  }

  @Test
  void withoutAFormNobodySignsUp() {
    assertThat(event("").joining().mode()).contains(Mode.NONE);
  }

  @Test
  void aFormLetsEverybodyTakePartUnlessMoreIsSaid() {
    String form = "<rsvp><x xmlns='jabber:x:data' type='form'/></rsvp>";

    assertThat(event(form).joining().mode()).contains(Mode.FREE);
    assertThat(
            event(form + extra("{https://joinmobilizon.org/ns#}joinMode", "restricted"))
                .joining()
                .mode())
        .contains(Mode.RESTRICTED);
  }

  @Test
  void whatElseIsAskedIsKept() {
    assertThat(
            event(
                    "<rsvp><x xmlns='jabber:x:data' type='form'>"
                        + "<field var='attending' label='Attending'/>"
                        + "<field var='{https://a.example/}diet' label='Allergies?'/></x></rsvp>")
                .joining()
                .questions())
        .containsExactly("Allergies?");
  }

  @Test
  void aRoomForChatIsAPlaceToMeet() {
    assertThat(
            event(
                    "<location><online><x xmlns='jabber:x:conference' jid='ball@muc.example.org'/>"
                        + "<instructions>Be kind</instructions></online></location>")
                .online())
        .containsExactly(
            new CalendarEvent.Online(
                Optional.empty(),
                Optional.of(URI.create("xmpp:ball@muc.example.org?join")),
                Optional.of("Be kind")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "website|javascript:alert(1)",
        "{https://joinmobilizon.org/ns#}externalParticipationUrl|file:///etc/passwd",
        "{https://joinmobilizon.org/ns#}timezone|Moon/Sea",
        "{http://schema.org#}maximumAttendeeCapacity|-3",
        "{http://schema.org#}maximumAttendeeCapacity|99999999999",
        "{http://www.w3.org/2002/12/cal/ical#}rrule|FREQ=NEVER",
        "languages|no tongue at all",
        "accessibility:wheelchair|sometimes",
      })
  void nonsenseIsLeftOut(String field, String value) {
    assertThat(event(extra(field, value))).isEqualTo(event(""));
  }

  @Test
  void anEventOfSomebodyElseInOnesAgendaIsARepeatOfIt() {
    assertThat(
            entry(
                    "<external jid='ada\\40social.example@ap.example.org'"
                        + " node='urn:xmpp:calendar-events:0' item='x'/>")
                .via()
                .flatMap(Entry.Target::item))
        .hasValueSatisfying(item -> assertThat(item.id()).isEqualTo("x"));
  }

  @Test
  void theHeadPictureIsTheFirstFile() {
    String file =
        "<file-sharing xmlns='urn:xmpp:sfs:0'><sources>"
            + "<url-data xmlns='http://jabber.org/protocol/url-data' target='https://a.example/%s'/>"
            + "</sources></file-sharing>";
    Content content =
        entry(
                "<attachments>"
                    + file.formatted("menu.pdf")
                    + "</attachments><head-picture>"
                    + file.formatted("ball.jpg")
                    + "</head-picture>")
            .content();

    assertThat(content.attachments())
        .extracting(Attachment::href)
        .containsExactly(
            URI.create("https://a.example/ball.jpg"), URI.create("https://a.example/menu.pdf"));
    assertThat(content.event().orElseThrow().details().hasPicture()).isTrue();
  }
}
