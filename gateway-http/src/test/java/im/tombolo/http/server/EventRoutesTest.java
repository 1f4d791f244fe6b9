package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.calendar.Recurrences;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Address;
import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.CalendarEvent.Status;
import im.tombolo.core.model.CalendarEvent.Time;
import im.tombolo.core.model.CalendarEvent.Venue;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.text.Html;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events as pages and as files for calendars. */
@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventRoutesTest {
  private static final String ACTOR = "/users/example.org/romeo";
  private static final String BALL = ACTOR + "/posts/ball";

  private final Website site;

  EventRoutesTest(Database database) {
    this.site = new Website(database);
  }

  private static Time time(String start, String end, boolean allDay, Optional<ZoneId> zone) {
    return new Time(
        Instant.parse(start),
        Optional.of(Instant.parse(end)),
        allDay,
        zone,
        Recurrences.read("FREQ=WEEKLY;COUNT=2"));
  }

  private static Content ball(Time time) {
    Venue hall =
        new Venue(
            Optional.of("Town hall; <left>"),
            Address.UNKNOWN,
            Optional.of(new Place.Coordinates(47.5, -1.25)),
            Optional.empty(),
            Optional.empty());
    Joining joining =
        new Joining(
            Optional.of(Mode.FREE),
            Optional.of(9),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return Content.builder(
            new Content.Words(
                Optional.of("Ball, with music"), Html.ofPlainText("Come!"), Optional.of("en")))
        .tags(List.of("dance", "music"))
        .event(
            Optional.of(
                new CalendarEvent(
                    time,
                    Status.CANCELLED,
                    List.of(hall),
                    List.of(),
                    joining,
                    CalendarEvent.Details.NONE)))
        .build();
  }

  @BeforeEach
  void romeoHasABall() {
    site.withRomeo();
    site.publish(
        Website.post(
            "ball",
            DrivenClock.START,
            ball(
                time(
                    "2026-02-01T19:00:00Z",
                    "2026-02-01T22:00:00Z",
                    false,
                    Optional.of(ZoneId.of("Europe/Paris"))))));
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void aPageSaysWhenAndWhereAndHowToTakePart() {
    String page = site.get(BALL, "Accept: text/html").body();

    assertThat(page)
        .contains("Sunday 1 February 2026, 20:00 to 23:00 (Europe/Paris)")
        .contains("Town hall; &lt;left&gt;")
        .contains("cancelled")
        .contains("everybody may come")
        .contains("type=\"text/calendar\" href=\"https://example.org" + BALL + "/event.ics\"");
    assertThat(site.get(ACTOR, "Accept: text/html").body())
        .contains("type=\"text/calendar\" href=\"https://example.org" + ACTOR + "/events.ics\"");
  }

  @Test
  void anEventIsAFileForCalendars() {
    Received file = site.get(BALL + "/event.ics");

    assertThat(file.headers()).containsEntry("Content-Type", "text/calendar; charset=utf-8");
    assertThat(file.body())
        .contains("BEGIN:VTIMEZONE")
        .contains("UID:https://example.org" + BALL)
        .contains("DTSTART;TZID=Europe/Paris:20260201T200000")
        .contains("DTEND;TZID=Europe/Paris:20260201T230000")
        .contains("RRULE:FREQ=WEEKLY;COUNT=2")
        .contains("SUMMARY:Ball\\, with music")
        .contains("LOCATION:Town hall\\; <left>")
        .contains("GEO:47.5;-1.25")
        .contains("STATUS:CANCELLED")
        .contains("CATEGORIES:dance,music");
    assertThat(site.get(BALL, "Accept: text/calendar").body()).isEqualTo(file.body());
  }

  @Test
  void anEventOfWholeDaysHasDates() {
    site.publish(
        Website.post(
            "days",
            DrivenClock.START,
            ball(time("2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z", true, Optional.empty()))));

    assertThat(site.get(ACTOR + "/posts/days/event.ics").body())
        .contains("DTSTART;VALUE=DATE:20260201")
        .contains("DTEND;VALUE=DATE:20260203");
  }

  @Test
  void theCalendarOfAnAccountHasItsEventsAlone() {
    site.publish(Website.post("other", 1));
    String feed = site.get(ACTOR + "/events.ics").body();

    assertThat(feed).contains("X-WR-CALNAME:romeo").contains("posts/ball").doesNotContain("other");
    assertThat(site.get(ACTOR, "Accept: text/calendar").body()).isEqualTo(feed);
  }

  @Test
  void otherPostsAreNoFilesForCalendars() {
    site.publish(Website.post("other", 1));

    assertThat(site.get(ACTOR + "/posts/other/event.ics").status()).isEqualTo(404);
    assertThat(site.get(ACTOR + "/posts/other/attendees").status()).isEqualTo(404);
  }

  @Test
  void howManyComeIsToldAndNotWho() {
    URI event = URI.create("https://example.org" + BALL);
    site.act(session ->
        session
            .rsvps()
            .save(
                new Rsvp(
                    event,
                    URI.create("https://social.example/ada"),
                    Rsvp.Answer.YES,
                    Rsvp.State.ACCEPTED,
                    URI.create("https://social.example/join"),
                    Optional.empty(),
                    DrivenClock.START)));
    Received attendees = site.document(BALL + "/attendees");

    assertThat(attendees.json().path("totalItems").asInt()).isEqualTo(1);
    assertThat(attendees.body()).doesNotContain("ada");
  }
}
