package im.tombolo.xmpp.service;

import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PollBridge.Voted;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.Poll;
import im.tombolo.core.port.Answer;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Commands of a fediverse account: a vote in each of its polls that are open. */
final class VoteDesk implements Commands.Desk {
  private static final String VOTE = "vote/";
  private static final String CHOICE = "choice";
  private static final int TITLE = 60;

  private final TimelineBridge timelines;
  private final PollBridge polls;

  VoteDesk(TimelineBridge timelines, PollBridge polls) {
    this.timelines = timelines;
    this.polls = polls;
  }

  @Override
  public boolean owns(String node) {
    return node.startsWith(VOTE);
  }

  @Override
  public List<Commands.Offer> offers(IqRequest request) {
    return open(request).stream()
        .map(poll -> new Commands.Offer(VOTE + poll.at().id(), "Vote: " + title(poll)))
        .toList();
  }

  private List<Posting> open(IqRequest request) {
    return timelines
        .actor(request.to())
        .flatMap(actor -> polls.open(actor, request.to().bare(), request.from()))
        .value()
        .orElse(List.of());
  }

  private static String title(Posting poll) {
    return Excerpt.of(
        poll.content().title().orElseGet(() -> poll.content().body().toPlainText()), TITLE);
  }

  @Override
  public Optional<Commands.Step> start(IqRequest request, String node) {
    return open(request).stream()
        .filter(poll -> node.equals(VOTE + poll.at().id()))
        .findFirst()
        .map(poll -> new Commands.Step.Ask(form(poll)));
  }

  private static Element form(Posting posting) {
    Poll poll = posting.content().poll().orElseThrow();
    List<Forms.Choice> choices = new ArrayList<>();
    for (Poll.Option option : poll.options()) {
      choices.add(new Forms.Choice(option.name(), Integer.toString(choices.size() + 1)));
    }
    return Forms.form(
        "Vote",
        posting.content().body().toPlainText(),
        List.of(Forms.list(CHOICE, poll.multiple(), "Your answer", choices)));
  }

  @Override
  public Optional<Commands.Step> submit(IqRequest request, String node, Element form) {
    return node.startsWith(VOTE)
        ? Optional.of(vote(request, node.substring(VOTE.length()), form))
        : Optional.empty();
  }

  private Commands.Step vote(IqRequest request, String itemId, Element form) {
    Set<Integer> chosen =
        Forms.values(form, CHOICE).stream()
            .filter(value -> value.matches("[0-9]{1,3}"))
            .map(Integer::valueOf)
            .collect(Collectors.toSet());
    return switch (polls.vote(request.to(), request.from(), itemId, chosen)) {
      case Answer.Got<Voted>(Voted.Sent sent) -> new Commands.Step.Done("Your vote is on its way.");
      case Answer.Got<Voted>(Voted.Over over) -> new Commands.Step.Again("The poll has ended.");
      case Answer.Got<Voted>(Voted.NotThere none) ->
          new Commands.Step.Again("Choose one of the answers; several only where that is said.");
      case Answer<Voted> other ->
          new Commands.Step.Refused(IqReply.from(other, voted -> IqReply.done()));
    };
  }
}
