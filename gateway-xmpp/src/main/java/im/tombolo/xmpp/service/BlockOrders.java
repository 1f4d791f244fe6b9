package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.BlockBridge;
import im.tombolo.core.bridge.BlockBridge.Blocked;
import im.tombolo.core.port.Answer;
import java.util.List;

/** Commands against people and domains of the fediverse. */
final class BlockOrders {
  private final BlockBridge blocks;

  BlockOrders(BlockBridge blocks) {
    this.blocks = blocks;
  }

  List<Order> all() {
    Order.Argument whom = Order.required("address", "Whom: ada@social.example or social.example");
    return List.of(
        new Order(
            "block",
            "Want nothing of a person or a domain",
            List.of(whom),
            (from, given) -> block(from, given.getFirst())),
        new Order(
            "unblock",
            "Take a block back",
            List.of(whom),
            (from, given) -> unblock(from, given.getFirst())),
        new Order("blocks", "Whom I block", List.of(), (from, none) -> list(from)));
  }

  private Order.Said block(Jid from, String address) {
    Answer<Blocked> answer = blocks.block(from, address);
    return answer instanceof Answer.Got<Blocked>(Blocked blocked)
        ? switch (blocked) {
          case Blocked.Done(String target) ->
              new Order.Said.Told(
                  target + " is blocked: cannot follow you, and you are told nothing of them.");
          case Blocked.Ours ours ->
              new Order.Said.Mistake("That is not on the fediverse. Block them in your client.");
          case Blocked.TooMany many ->
              new Order.Said.Mistake("You block as many as can be. Take one back first.");
        }
        : Order.without(answer);
  }

  private Order.Said unblock(Jid from, String address) {
    return blocks.unblock(from, address)
        ? new Order.Said.Told(address + " is not blocked any more.")
        : new Order.Said.Mistake("You do not block " + address + ".");
  }

  private Order.Said list(Jid from) {
    List<String> all = blocks.list(from);
    return new Order.Said.Told(all.isEmpty() ? "You block nobody." : String.join("\n", all));
  }
}
