package im.tombolo.xmpp.service;

import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PollBridge.Draft;
import im.tombolo.core.bridge.PollBridge.Made;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Poll;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Commands of the gateway itself: one's own polls. */
final class PollDesk implements Commands.Desk {
  static final String START = "start-poll";
  static final String RESULTS = "poll-results";

  private static final int DEFAULT_HOURS = 24;

  private final PollBridge polls;

  PollDesk(PollBridge polls) {
    this.polls = polls;
  }

  @Override
  public boolean owns(String node) {
    return node.equals(START) || node.equals(RESULTS);
  }

  @Override
  public List<Commands.Offer> offers(IqRequest request) {
    return List.of(
        new Commands.Offer(START, "Start a poll on the fediverse"),
        new Commands.Offer(RESULTS, "Results of my polls"));
  }

  @Override
  public Optional<Commands.Step> start(IqRequest request, String node) {
    return switch (node) {
      case START -> Optional.of(new Commands.Step.Ask(form()));
      case RESULTS -> Optional.of(results(request));
      default -> Optional.empty();
    };
  }

  private static Element form() {
    return Forms.form(
        "Start a poll",
        "Your followers on the fediverse can vote. You are told the result when it ends.",
        List.of(
            Forms.required(Forms.field("question", "text-single", "Question")),
            Forms.required(
                Forms.field(
                    "options",
                    "text-multi",
                    "Answers, one a line (2 to " + Poll.MAX_OPTIONS + ")")),
            Forms.field("multiple", "boolean", "Several answers may be chosen")
                .child("value", "0")
                .build(),
            Forms.field("hours", "text-single", "Open for so many hours")
                .child("value", Integer.toString(DEFAULT_HOURS))
                .build()));
  }

  private Commands.Step results(IqRequest request) {
    List<LocalPost> own = polls.own(request.from());
    return own.isEmpty()
        ? new Commands.Step.Done("You have no polls.")
        : new Commands.Step.Done(String.join("\n", own.stream().map(PollBridge::result).toList()));
  }

  @Override
  public Optional<Commands.Step> submit(IqRequest request, String node, Element form) {
    return node.equals(START) ? Optional.of(start(request, form)) : start(request, node);
  }

  private Commands.Step start(IqRequest request, Element form) {
    Optional<Duration> open = hours(Forms.value(form, "hours"));
    if (open.isEmpty()) {
      return new Commands.Step.Again("Say for how many hours the poll is open, such as 24.");
    }
    Draft draft =
        new Draft(
            Forms.value(form, "question").orElse("").strip(),
            Forms.values(form, "options").stream().flatMap(PollDesk::lines).toList(),
            Forms.value(form, "multiple").filter(PollDesk::isTrue).isPresent(),
            open.get());
    return switch (polls.start(request.from(), draft)) {
      case Answer.Got<Made>(Made.Published(var post)) ->
          new Commands.Step.Done("Your poll is at " + post);
      case Answer.Got<Made>(Made.Wrong(String mistake)) ->
          new Commands.Step.Again("Nothing was published: " + mistake + ".");
      case Answer<Made> other ->
          new Commands.Step.Refused(IqReply.from(other, made -> IqReply.done()));
    };
  }

  /** Some clients send one value with line breaks. */
  private static Stream<String> lines(String value) {
    return value.lines();
  }

  private static boolean isTrue(String value) {
    return value.equals("1") || value.equals("true");
  }

  private static Optional<Duration> hours(Optional<String> text) {
    try {
      double hours = text.map(String::strip).map(Double::valueOf).orElse((double) DEFAULT_HOURS);
      return hours > 0 && hours < 10_000
          ? Optional.of(Duration.ofSeconds(Math.round(hours * 3_600)))
          : Optional.empty();
    } catch (NumberFormatException | DateTimeException notANumber) {
      return Optional.empty();
    }
  }
}
