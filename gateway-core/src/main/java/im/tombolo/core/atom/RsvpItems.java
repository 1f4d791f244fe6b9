package im.tombolo.core.atom;

import im.tombolo.core.model.Attendance;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.model.Rsvp.Answer;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers to events among what people attach to items (XEP-0471 §4.5, XEP-0470). */
public final class RsvpItems {
  private RsvpItems() {}

  /**
   * What somebody answers.
   *
   * @param message whatever else they filled in, as text for the organiser
   */
  public record Said(Answer answer, Optional<String> message) {}

  /** Whether an element is an answer, whatever it says. */
  static boolean isAnswer(Element child) {
    return child.name().equals("rsvp") && EventSpeech.of(child.namespace()).isPresent();
  }

  /** The answer among attachments; empty when there is none, or one that says nothing. */
  static Optional<Said> read(Element attachments) {
    return attachments.elements().stream()
        .filter(child -> child.name().equals("rsvp"))
        .flatMap(rsvp ->
            EventSpeech.of(rsvp.namespace()).stream()
                .flatMap(speech -> DataForm.in(rsvp, speech.rsvp()).stream()))
        .flatMap(form -> read(form).stream())
        .findFirst();
  }

  private static Optional<Said> read(DataForm form) {
    Optional<Answer> answer =
        form.value(EventExtras.ATTENDING)
            .flatMap(word ->
                switch (word) {
                  case "yes" -> Optional.of(Answer.YES);
                  case "maybe" -> Optional.of(Answer.MAYBE);
                  case "no" -> Optional.of(Answer.NO);
                  default -> Optional.empty();
                });
    return answer.map(said -> new Said(said, message(form)));
  }

  private static Optional<String> message(DataForm form) {
    String text =
        form.fields().stream()
            .map(field -> field.attributeOr("var", ""))
            .filter(name ->
                !name.isEmpty() && !name.equals("FORM_TYPE") && !name.equals(EventExtras.ATTENDING))
            .distinct()
            .map(name -> line(name, form.values(name)))
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    return Optional.of(Excerpt.cut(text, Rsvp.MAX_MESSAGE)).filter(said -> !said.isEmpty());
  }

  /** One person is who everybody is. */
  private static String line(String name, List<String> values) {
    String said = String.join(", ", values);
    boolean isPlain = said.isEmpty() || (name.equals(EventExtras.NUMBER) && said.equals("1"));
    // Clark notation: the part behind the namespace.
    return isPlain ? "" : name.substring(name.indexOf('}') + 1).replace('_', ' ') + ": " + said;
  }

  /** The answer as an attachment; organisers see the message by other ways. */
  static Element rsvp(Rsvp rsvp, EventSpeech speech) {
    return Element.of("rsvp", speech.namespace())
        .child(
            new DataForm.Builder("submit", speech.rsvp())
                .field(
                    EventExtras.ATTENDING,
                    "Attending",
                    Optional.of(
                        switch (rsvp.answer()) {
                          case YES -> "yes";
                          case MAYBE -> "maybe";
                          case NO -> "no";
                        }))
                .build())
        .build();
  }

  static Element attendees(Attendance attendance, EventSpeech speech) {
    return Element.of("attendees", speech.namespace())
        .attribute("confirmed", Integer.toString(attendance.confirmed()))
        .attribute("max", Integer.toString(attendance.max()))
        .build();
  }
}
