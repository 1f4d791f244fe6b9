package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.MembershipBridge;
import im.tombolo.core.bridge.MembershipBridge.Joined;
import im.tombolo.core.bridge.MembershipBridge.Left;
import im.tombolo.core.port.Answer;
import java.util.List;

/** Commands to come to the fediverse, and to leave it. */
final class MembershipOrders {
  private final MembershipBridge membership;

  MembershipOrders(MembershipBridge membership) {
    this.membership = membership;
  }

  List<Order> all() {
    return List.of(
        new Order("join", "Be on the fediverse", List.of(), (from, none) -> join(from)),
        new Order(
            "leave",
            "Leave the fediverse, and delete there all that I wrote",
            List.of(Order.required("sure", "Write yes")),
            (from, given) ->
                given.getFirst().equalsIgnoreCase("yes")
                    ? leave(from)
                    : new Order.Said.Mistake("Nothing was done. To leave, say yes.")));
  }

  private Order.Said join(Jid from) {
    Answer<Joined> answer = membership.join(from);
    return answer instanceof Answer.Got<Joined>(Joined joined)
        ? switch (joined) {
          case WELCOME ->
              new Order.Said.Told(
                  "You are on the fediverse as soon as strangers can read your blog.");
          case NOT_NEEDED ->
              new Order.Said.Told(
                  "You do not have to join: everybody here whose blog strangers can read is on the"
                      + " fediverse.");
          case ALREADY -> new Order.Said.Told("You have joined already.");
          case NOT_YET ->
              new Order.Said.Mistake("You are still being erased. Try again in a few minutes.");
        }
        : Order.without(answer);
  }

  private Order.Said leave(Jid from) {
    Answer<Left> answer = membership.leave(from);
    return answer instanceof Answer.Got<Left>(Left left)
        ? new Order.Said.Told(
            switch (left) {
              case ERASING ->
                  "All that you wrote there is being deleted, and you are not found any more. Join"
                      + " brings you back, but not what you wrote.";
              case NOTED -> "You were not on the fediverse, and will not be until you join.";
              case ALREADY -> "You have left already.";
            })
        : Order.without(answer);
  }
}
