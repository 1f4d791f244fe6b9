package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.EventBridge;
import im.tombolo.core.bridge.EventBridge.Guest;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Commands about events: to which one comes, and who comes to one's own. */
final class EventOrders {
  private static final String NOT_YOURS = "You have no event with that address.";

  private final EventBridge events;

  EventOrders(EventBridge events) {
    this.events = events;
  }

  List<Order> all() {
    Order.Argument event = Order.required("event", "Address of the event");
    Order.Argument whom = Order.required("address", "Whom, such as ada@social.example");
    return List.of(
        new Order(
            "attend",
            "Say whether I come to an event on the fediverse",
            List.of(event, Order.required("answer", "yes, maybe or no")),
            (from, given) -> attend(from, given.getFirst(), given.getLast())),
        new Order(
            "guests",
            "Who comes to an event of mine",
            List.of(event, Order.optional("after", "Continue after this address")),
            (from, given) -> guests(from, given.getFirst(), given.getLast())),
        new Order(
            "admit",
            "Let somebody come to an event of mine who asked",
            List.of(event, whom),
            (from, given) ->
                said(
                    events.decide(from, given.getFirst(), given.getLast(), true),
                    given.getLast() + " may come.")),
        new Order(
            "refuse",
            "Let somebody not come to an event of mine, or no more",
            List.of(event, whom),
            (from, given) ->
                said(
                    events.decide(from, given.getFirst(), given.getLast(), false),
                    given.getLast() + " does not come.")),
        new Order(
            "invite",
            "Ask somebody on the fediverse to an event of mine",
            List.of(event, whom),
            (from, given) ->
                said(
                    events.invite(from, given.getFirst(), given.getLast()),
                    given.getLast() + " is asked to come.")));
  }

  private Order.Said attend(Jid from, String event, String word) {
    Optional<Rsvp.Answer> answer =
        List.of(Rsvp.Answer.values()).stream()
            .filter(one -> one.name().equalsIgnoreCase(word.strip()))
            .findFirst();
    if (answer.isEmpty()) {
      return new Order.Said.Mistake("Nothing was said. Say yes, maybe or no.");
    }
    return switch (events.attend(from, event, answer.get())) {
      case Answer.Got<Boolean>(Boolean done) when done ->
          new Order.Said.Told("Your answer is on its way.");
      case Answer.Got<Boolean> not ->
          new Order.Said.Mistake("That is no event, or one that takes no answers.");
      case Answer.Missing<Boolean> none ->
          new Order.Said.Mistake("There is no event that you can see.");
      case Answer<Boolean> other -> Order.without(other);
    };
  }

  private Order.Said guests(Jid from, String event, String after) {
    Optional<URI> cursor = FollowOrders.cursor(after);
    if (!after.isEmpty() && cursor.isEmpty()) {
      return new Order.Said.Mistake("Say after which URL the list goes on.");
    }
    return events
        .guests(from, event, cursor)
        .map(page -> guests(event, page, cursor.isEmpty()))
        .orElseGet(() -> new Order.Said.Mistake(NOT_YOURS));
  }

  private static Order.Said guests(String event, List<Guest> page, boolean isFirst) {
    if (page.isEmpty()) {
      return new Order.Said.Told(isFirst ? "Nobody has answered." : "That were all.");
    }
    String words = page.stream().map(EventOrders::line).collect(Collectors.joining("\n"));
    return page.size() < EventBridge.MAX_SHOWN
        ? new Order.Said.Told(words)
        : new Order.Said.More(
            words, List.of(event.strip(), page.getLast().rsvp().actor().toString()));
  }

  private static String line(Guest guest) {
    Rsvp rsvp = guest.rsvp();
    String how =
        switch (rsvp.state()) {
          case ASKED -> "asks";
          case REJECTED -> "was refused";
          case ACCEPTED -> rsvp.answer().name().toLowerCase(Locale.ROOT);
        };
    return "@" + guest.handle() + ": " + how + rsvp.message().map(text -> ", " + text).orElse("");
  }

  private static Order.Said said(Answer<Boolean> answer, String words) {
    if (!(answer instanceof Answer.Got<Boolean>(Boolean done))) {
      return Order.without(answer);
    }
    return done
        ? new Order.Said.Told(words)
        : new Order.Said.Mistake(NOT_YOURS + " Or that person did not ask.");
  }
}
