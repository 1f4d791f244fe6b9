package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PollBridge.Draft;
import im.tombolo.core.bridge.PollBridge.Made;
import im.tombolo.core.bridge.PollBridge.Voted;
import im.tombolo.core.bridge.VoteBridge;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Commands about polls; what {@link PollDesk} has a form for is for the chat only. */
final class PollOrders {
  private static final Duration OPEN = Duration.ofDays(1);

  private final PollBridge polls;
  private final VoteBridge votes;

  PollOrders(PollBridge polls, VoteBridge votes) {
    this.polls = polls;
    this.votes = votes;
  }

  List<Order> all() {
    return List.of(
        new Order(
            "vote",
            "Vote in a poll on the fediverse",
            List.of(
                Order.required("poll", "Address of the poll"),
                Order.required("answer", "Number of the answer, or its words")),
            (from, given) -> vote(from, given.getFirst(), given.getLast())));
  }

  List<Order> inChat() {
    return List.of(
        new Order(
            PollDesk.START,
            "Start a poll for a day. Write: question / answer / answer",
            List.of(Order.required("poll", "Question / answer / answer")),
            (from, given) -> start(from, given.getFirst())),
        new Order(
            PollDesk.RESULTS, "Results of my polls", List.of(), (from, none) -> results(from)));
  }

  private Order.Said vote(Jid from, String poll, String answer) {
    return switch (votes.vote(from, poll, answer)) {
      case Answer.Got<Voted>(Voted.Sent sent) -> new Order.Said.Told("Your vote is on its way.");
      case Answer.Got<Voted>(Voted.Over over) -> new Order.Said.Mistake("The poll has ended.");
      case Answer.Got<Voted>(Voted.NotThere none) ->
          new Order.Said.Mistake("That is no poll, or has no such answer.");
      case Answer.Missing<Voted> none ->
          new Order.Said.Mistake("There is no poll that you can see.");
      case Answer<Voted> other -> Order.without(other);
    };
  }

  private Order.Said start(Jid from, String text) {
    List<String> parts = Stream.of(text.split("/", -1)).map(String::strip).toList();
    Draft draft = new Draft(parts.getFirst(), parts.subList(1, parts.size()), false, OPEN);
    return switch (polls.start(from, draft)) {
      case Answer.Got<Made>(Made.Published(var post)) ->
          new Order.Said.Told("Your poll is at " + post);
      case Answer.Got<Made>(Made.Wrong(String mistake)) ->
          new Order.Said.Mistake("Nothing was published: " + mistake + ".");
      case Answer<Made> other -> Order.without(other);
    };
  }

  private Order.Said results(Jid from) {
    List<LocalPost> own = polls.own(from);
    return new Order.Said.Told(
        own.isEmpty()
            ? "You have no polls."
            : String.join("\n", own.stream().map(PollBridge::result).toList()));
  }
}
