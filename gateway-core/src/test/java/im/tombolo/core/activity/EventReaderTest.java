package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.CalendarEvent.Status;
import im.tombolo.core.model.CalendarEvent.Venue;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.EventWords;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Event says, in the spellings that there are. */
class EventReaderTest {
  private static Content content(String properties) {
    String json =
        """
        {"id":"https://a.example/e","type":"Event","attributedTo":"https://a.example/u",
         "name":"Ball","url":"https://a.example/page",%s}
        """
            .formatted(properties);
    return PostReader.read(json).value().orElseThrow().content();
  }

  private static CalendarEvent event(String properties) {
    return content("\"startTime\":\"2026-05-01T20:00:00+02:00\"," + properties)
        .event()
        .orElseThrow();
  }

  private static CalendarEvent at(String start, String end, String more) {
    return content("\"startTime\":\"%s\",\"endTime\":\"%s\"%s".formatted(start, end, more))
        .event()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-05-01T20:00:00+02:00|2026-05-01T23:00:00+02:00|Friday 1 May 2026, 20:00 to 23:00 (UTC+02:00)",
        "2026-05-01T20:00:00Z|2026-05-02T01:00:00Z|Friday 1 May 2026, 20:00 to Saturday 2 May 2026, 01:00 (UTC)",
        "2026-05-01T20:00:00+0200|2026-05-01T20:00:00+0200|Friday 1 May 2026, 20:00 (UTC+02:00)",
        "2026-05-01T20:00:00Z|2026-04-01T20:00:00Z|Friday 1 May 2026, 20:00 (UTC)",
        "2026-05-01T00:00:00+02:00|2026-05-02T00:00:00+02:00|Friday 1 May 2026",
        "2026-05-01T00:00:00Z|2026-05-04T00:00:00Z|Friday 1 May 2026 to Sunday 3 May 2026",
        "2026-05-01|2026-05-01|Friday 1 May 2026",
      })
  void whenItIs(String start, String end, String words) {
    assertThat(EventWords.when(at(start, end, "").time())).isEqualTo(words);
  }

  @Test
  void theZoneSaysWhereTheClocksAre() {
    CalendarEvent event =
        at("2026-05-01T18:00:00Z", "2026-05-01T22:00:00Z", ",\"timezone\":\"Europe/Rome\"");

    assertThat(EventWords.when(event.time()))
        .isEqualTo("Friday 1 May 2026, 20:00 to Saturday 2 May 2026, 00:00 (Europe/Rome)");
    assertThat(event.time().start()).isEqualTo(Instant.parse("2026-05-01T18:00:00Z"));
  }

  @Test
  void anEndThatIsNotShownIsNone() {
    assertThat(
            at("2026-05-01T18:00:00Z", "2026-05-01T22:00:00Z", ",\"displayEndTime\":false")
                .time()
                .end())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"startTime\":null",
        "\"startTime\":\"tomorrow\"",
        "\"startTime\":\"1969-05-01T20:00:00Z\"",
        "\"startTime\":\"+99999-05-01T20:00:00Z\"",
        "\"endTime\":\"2026-05-01T20:00:00Z\""
      })
  void withoutAStartItIsOnlyAPost(String properties) {
    assertThat(content(properties).event()).isEmpty();
    assertThat(content(properties).title()).contains("Ball");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"x\":1|CONFIRMED",
        "\"ical:status\":\"CANCELLED\"|CANCELLED",
        "\"status\":\"TENTATIVE\",\"ical:status\":\"CONFIRMED\"|TENTATIVE",
        "\"eventStatus\":\"https://w3id.org/fep/8a8e/EventCancelled\"|CANCELLED",
        "\"eventStatus\":\"EventPostponed\"|TENTATIVE",
        "\"eventStatus\":\"EventScheduled\"|CONFIRMED",
      })
  void whetherItTakesPlace(String properties, Status status) {
    assertThat(event(properties).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"joinMode\":\"free\"|FREE",
        "\"joinMode\":\"restricted\"|RESTRICTED",
        "\"joinMode\":\"invite\"|INVITE",
        "\"joinMode\":\"external\",\"externalParticipationUrl\":\"mailto:b@c.example\"|EXTERNAL",
        "\"joinMode\":\"external\",\"externalParticipationUrl\":\"https://a.example/page\"|NONE",
        "\"joinMode\":\"none\"|NONE",
      })
  void howPeopleComeToTakePart(String properties, Mode mode) {
    assertThat(event(properties).joining().mode()).contains(mode);
  }

  @Test
  void whatNobodyToldIsNotMadeUp() {
    assertThat(event("\"x\":1").joining()).isEqualTo(CalendarEvent.Joining.UNKNOWN);
    assertThat(
            event("\"joinMode\":\"psychic\",\"participantCount\":-1,\"maximumAttendeeCapacity\":0")
                .joining())
        .isEqualTo(CalendarEvent.Joining.UNKNOWN);
  }

  @Test
  void attendeesThatAreCountedAreThoseWhoCome() {
    assertThat(
            event("\"attendees\":{\"type\":\"Collection\",\"totalItems\":84}")
                .joining()
                .participants())
        .contains(84);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Hall\"|Hall",
        "{\"name\":\"Hall\",\"address\":\"1 Road, Bath\"}|Hall, 1 Road, Bath",
        "{\"type\":\"Place\",\"address\":{\"streetAddress\":\"1 Road\",\"addressCountry\":\"UK\"}}|1 Road, UK",
      })
  void whereItIs(String location, String words) {
    assertThat(event("\"location\":" + location).venues())
        .extracting(Venue::inOneLine)
        .containsExactly(words);
  }

  @Test
  void theGroupAndThePersonOfAnEventOrganiseItTogether() {
    assertThat(event("\"actor\":\"https://a.example/p\"").details().organisers())
        .containsExactly(URI.create("https://a.example/p"));
  }

  @Test
  void organisersThatAreNotDisclosedAreNone() {
    assertThat(event("\"organizers\":null").details().organisers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"commentsEnabled\":false", "\"repliesModerationOption\":\"closed\""})
  void commentsMayBeOff(String properties) {
    assertThat(event(properties).details().comments()).isFalse();
    assertThat(event("\"commentsEnabled\":true").details().comments()).isTrue();
  }

  @Test
  void theBannerComesFirstAndItsNameIsNoDescription() {
    Content content =
        content(
            """
            "startTime":"2026-05-01T20:00:00Z","attachment":[
              {"type":"Document","mediaType":"image/png","url":"https://a.example/1.png","name":"A map"},
              {"type":"Document","mediaType":"image/png","url":"https://a.example/2.png","name":"Banner"}]
            """);

    assertThat(content.event().orElseThrow().details().hasPicture()).isTrue();
    assertThat(content.attachments())
        .extracting(file -> file.href().toString(), file -> file.description())
        .containsExactly(
            tuple("https://a.example/2.png", Optional.empty()),
            tuple("https://a.example/1.png", Optional.of("A map")));
  }

  @Test
  void aRuleOfRecurrenceIsReadAndPutIntoWords() {
    assertThat(
            event("\"ical:rrule\":\"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4\"")
                .time()
                .recurrence())
        .map(CalendarEvent.Recurrence::words)
        .contains("every 2 weeks on Monday, Wednesday 4 times");
    assertThat(event("\"ical:rrule\":\"FREQ=NEVER\"").time().recurrence()).isEmpty();
  }
}
