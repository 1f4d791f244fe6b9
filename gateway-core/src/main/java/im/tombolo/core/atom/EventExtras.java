package im.tombolo.core.atom;

import im.tombolo.core.calendar.Recurrences;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Details;
import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.CalendarEvent.Recurrence;
import im.tombolo.core.model.CalendarEvent.Status;
import im.tombolo.core.model.CalendarEvent.Wheelchair;
import im.tombolo.core.text.Languages;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The forms of an event: what is filled in to take part, and what else is told of it. For what
 * XEP-0471 has no words the fields are named by the terms of the other network (XEP-0068 §3.4,
 * Clark notation), with labels, so that a program that shows forms shows these as well.
 */
final class EventExtras {
  static final String ATTENDING = "attending";
  static final String NUMBER = "participants_number";

  private static final String MOBILIZON = "{https://joinmobilizon.org/ns#}";
  private static final String SCHEMA = "{http://schema.org#}";
  private static final String ZONE = MOBILIZON + "timezone";
  private static final String MODE = MOBILIZON + "joinMode";
  private static final String SIGN_UP = MOBILIZON + "externalParticipationUrl";
  private static final String COMING = MOBILIZON + "participantCount";
  private static final String CAPACITY = SCHEMA + "maximumAttendeeCapacity";
  private static final String REMAINING = SCHEMA + "remainingAttendeeCapacity";
  private static final String ORGANISERS = "{https://w3id.org/fep/8a8e/}organizers";
  private static final String RULE = "{http://www.w3.org/2002/12/cal/ical#}rrule";
  private static final String PAGE = "{https://www.w3.org/ns/activitystreams#}url";
  private static final int MAX_URL = 300;
  private static final int MAX_QUESTION = 200;

  private final Optional<DataForm> rsvp;
  private final Optional<DataForm> extra;

  EventExtras(Element event, EventSpeech speech) {
    this.rsvp =
        event.children("rsvp", event.namespace()).stream()
            .flatMap(form -> DataForm.in(form, speech.rsvp()).stream())
            .findFirst();
    this.extra =
        event.child("extra", event.namespace()).flatMap(form -> DataForm.in(form, speech.extra()));
  }

  private Optional<String> value(String name) {
    return extra.flatMap(form -> form.value(name));
  }

  Optional<String> zone() {
    return value(ZONE);
  }

  Optional<Recurrence> recurrence() {
    return value(RULE).flatMap(Recurrences::read);
  }

  /** Its own page for people. */
  Optional<URI> page() {
    return value(PAGE).flatMap(Uris::web);
  }

  Status status() {
    return word(value("status"), Status.values()).orElse(Status.CONFIRMED);
  }

  private static <E extends Enum<E>> Optional<E> word(Optional<String> said, E[] words) {
    return said.flatMap(
        text -> Stream.of(words).filter(word -> word.name().equalsIgnoreCase(text)).findFirst());
  }

  Joining joining() {
    Optional<Mode> byForm = Optional.of(rsvp.isPresent() ? Mode.FREE : Mode.NONE);
    return new Joining(
        word(value(MODE), Mode.values()).or(() -> byForm),
        number(CAPACITY).filter(all -> all > 0),
        number(REMAINING),
        number(COMING),
        value(SIGN_UP)
            .filter(text -> text.length() <= MAX_URL)
            .flatMap(Uris::safe)
            .filter(address -> !"xmpp".equals(address.getScheme())),
        questions());
  }

  private Optional<Integer> number(String name) {
    return value(name).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }

  /** What else the organiser wants to know. */
  private List<String> questions() {
    return rsvp.stream()
        .flatMap(form -> form.fields().stream())
        .filter(field -> {
          String name = field.attributeOr("var", "");
          boolean isKnown =
              name.isEmpty()
                  || name.equals("FORM_TYPE")
                  || name.equals(ATTENDING)
                  || name.equals(NUMBER);
          return !isKnown;
        })
        .map(field -> field.attributeOr("label", field.attributeOr("var", "")).strip())
        .filter(label -> !label.isEmpty() && label.length() <= MAX_QUESTION)
        .distinct()
        .limit(CalendarEvent.MAX_OF_A_KIND)
        .toList();
  }

  Details details(boolean comments, boolean hasPicture) {
    return new Details(
        extra.stream()
            .flatMap(form -> form.values(ORGANISERS).stream())
            .filter(text -> text.length() <= MAX_URL)
            .flatMap(text -> Uris.web(text).stream())
            .distinct()
            .limit(CalendarEvent.MAX_OF_A_KIND)
            .toList(),
        List.of(),
        value("website").flatMap(Uris::web),
        word(value("accessibility:wheelchair"), Wheelchair.values()),
        extra.stream()
            .flatMap(form -> form.values("languages").stream())
            .flatMap(tag -> Languages.normalise(tag).stream())
            .distinct()
            .limit(CalendarEvent.MAX_OF_A_KIND)
            .toList(),
        comments,
        hasPicture);
  }

  /** The form to take part, where that is done by an answer. */
  static Optional<Element> rsvp(CalendarEvent event, EventSpeech speech) {
    if (!event.joining().takesAnswers()) {
      return Optional.empty();
    }
    Element.Builder attending =
        Element.of("field", "jabber:x:data")
            .attribute("var", ATTENDING)
            .attribute("type", "list-single")
            .attribute("label", "Attending")
            .child("value", "maybe");
    for (String answer : List.of("yes", "maybe", "no")) {
      attending.child(
          Element.of("option", "jabber:x:data")
              .attribute("label", answer)
              .child("value", answer)
              .build());
    }
    attending.child(Element.of("required", "jabber:x:data").build());
    return Optional.of(
        Element.of("rsvp", speech.namespace())
            .lang(Optional.of("en"))
            .child(new DataForm.Builder("form", speech.rsvp()).child(attending.build()).build())
            .build());
  }

  static Element extra(CalendarEvent event, Optional<URI> page, EventSpeech speech) {
    Joining joining = event.joining();
    Details details = event.details();
    // A form to take part says the rest.
    Optional<Mode> mode = joining.mode().filter(how -> how != Mode.FREE && how != Mode.NONE);
    return Element.of("extra", speech.namespace())
        .child(
            new DataForm.Builder("result", speech.extra())
                .field("website", "Website", details.website())
                .field("status", "Status", Optional.of(lower(event.status())))
                .field("languages", "Spoken", details.languages())
                .field(
                    "accessibility:wheelchair",
                    "With a wheelchair",
                    details.wheelchair().map(EventExtras::lower))
                .field(PAGE, "Page", page)
                .field(
                    ZONE,
                    "Time zone",
                    event.time().zone().filter(zone -> !(zone instanceof ZoneOffset)))
                .field(RULE, "Repeats", event.time().recurrence().map(Recurrence::rule))
                .field(MODE, "Who may come", mode.map(EventExtras::lower))
                .field(SIGN_UP, "Sign up", joining.external())
                .field(CAPACITY, "Places", joining.capacity())
                .field(REMAINING, "Places left", joining.remaining())
                .field(COMING, "Coming", joining.participants())
                .field(
                    ORGANISERS,
                    "Organised by",
                    details.organisers().stream().map(URI::toString).toList())
                .build())
        .build();
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
