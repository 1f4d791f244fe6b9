package im.tombolo.xmpp.service;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.OwnFlags;
import im.tombolo.core.bridge.OwnFlags.Flagged;
import im.tombolo.core.port.Answer;
import java.util.List;

/** The command that reports people of the fediverse to their server. */
final class FlagOrders {
  private final OwnFlags flags;

  FlagOrders(OwnFlags flags) {
    this.flags = flags;
  }

  List<Order> all() {
    return List.of(
        new Order(
            "flag",
            "Report a person or a post to the moderators of their server",
            List.of(
                Order.required("address", "Whom or what: ada@social.example, or a post's address"),
                Order.required("reason", "Why, in words for the moderators")),
            (from, given) -> flag(from, given.getFirst(), given.getLast())));
  }

  private Order.Said flag(Jid from, String address, String reason) {
    Answer<Flagged> answer = flags.flag(from, address, reason);
    return answer instanceof Answer.Got<Flagged>(Flagged flagged)
        ? switch (flagged) {
          case Flagged.Sent sent ->
              new Order.Said.Told(
                  "The moderators of "
                      + Authority.of(sent.reported())
                      + " are told, without your name. Those of this gateway know that it was you.");
          case Flagged.Ours ours ->
              new Order.Said.Mistake(
                  "That is not on the fediverse. Tell the administrators of your server.");
          case Flagged.TooMany many ->
              new Order.Said.Mistake(
                  "You reported " + OwnFlags.MAX_A_DAY + " times today. Go on tomorrow.");
        }
        : Order.without(answer);
  }
}
