package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.AddressBridge.Found;
import im.tombolo.core.bridge.ApprovalBridge;
import im.tombolo.core.bridge.LocalAccounts.FollowedBy;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Commands about who may follow. */
final class ApprovalOrders {
  private final AddressBridge addresses;
  private final ApprovalBridge approvals;

  ApprovalOrders(AddressBridge addresses, ApprovalBridge approvals) {
    this.addresses = addresses;
    this.approvals = approvals;
  }

  List<Order> all() {
    Order.Argument whom = Order.required("address", "Whom, such as ada@social.example");
    return List.of(
        new Order(
            "approval",
            "Whether I decide who follows me",
            List.of(Order.optional("switch", "on or off")),
            (from, given) -> approval(from, given.getFirst().toLowerCase(Locale.ROOT))),
        new Order(
            "waiting",
            "Who waits for my approval",
            List.of(Order.optional("after", "Continue after this address")),
            (from, given) -> waiting(from, given.getFirst())),
        new Order(
            "approve",
            "Let somebody follow me who waits",
            List.of(whom),
            (from, given) -> approve(from, given.getFirst())),
        new Order(
            "reject",
            "Let somebody not follow me, or no more",
            List.of(whom),
            (from, given) -> reject(from, given.getFirst())));
  }

  private Order.Said approval(Jid from, String position) {
    return switch (position) {
      case "" -> new Order.Said.Told(stands(approvals.isOn(from)));
      case "on", "off" -> {
        Answer<Boolean> now = approvals.choose(from, position.equals("on"));
        yield now instanceof Answer.Got<Boolean>(Boolean on)
            ? new Order.Said.Told(stands(on))
            : Order.without(now);
      }
      default -> new Order.Said.Mistake("Nothing was changed. Say on or off.");
    };
  }

  private static String stands(boolean on) {
    return on
        ? "Who wants to follow you waits until you approve. An open blog is public all the same."
        : "Everybody may follow you.";
  }

  private Order.Said waiting(Jid from, String after) {
    Optional<URI> cursor = FollowOrders.cursor(after);
    if (!after.isEmpty() && cursor.isEmpty()) {
      return new Order.Said.Mistake("Say after which URL the list goes on.");
    }
    List<FollowedBy> page = approvals.waiting(from, cursor, FollowOrders.PAGE);
    if (page.isEmpty()) {
      return new Order.Said.Told(cursor.isEmpty() ? "Nobody waits." : "That were all.");
    }
    String words =
        page.stream()
            .map(FollowOrders::name)
            .collect(
                Collectors.joining("\n", approvals.countWaiting(from) + " people wait:\n", ""));
    return page.size() < FollowOrders.PAGE
        ? new Order.Said.Told(words)
        : new Order.Said.More(words, List.of(page.getLast().actor().toString()));
  }

  private Order.Said approve(Jid from, String address) {
    Answer<Found> answer = addresses.find(address);
    if (!(answer instanceof Answer.Got<Found>(Found found))) {
      return Order.without(answer);
    }
    return found instanceof Found.There there && approvals.approve(from, there.id())
        ? new Order.Said.Told("@" + found.handle() + " follows you now.")
        : new Order.Said.Mistake("@" + found.handle() + " does not wait for you.");
  }

  private Order.Said reject(Jid from, String address) {
    Answer<Found> answer = addresses.find(address);
    if (!(answer instanceof Answer.Got<Found>(Found found))) {
      return Order.without(answer);
    }
    return found instanceof Found.There there && approvals.reject(from, there.id())
        ? new Order.Said.Told("@" + found.handle() + " does not follow you.")
        : new Order.Said.Mistake("@" + found.handle() + " does not wait, and does not follow you.");
  }
}
