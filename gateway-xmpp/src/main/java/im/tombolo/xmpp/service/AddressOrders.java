package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.AddressBridge.Found;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Answer;
import java.util.List;

/** Commands about addresses: one's own, and what somebody is called on the other side. */
final class AddressOrders {
  private final AddressBridge addresses;
  private final LocalAccounts accounts;

  AddressOrders(AddressBridge addresses, LocalAccounts accounts) {
    this.addresses = addresses;
    this.accounts = accounts;
  }

  List<Order> all() {
    return List.of(
        new Order("me", "My address on the fediverse", List.of(), (from, none) -> own(from)),
        new Order(
            "find",
            "What an address is on the other side",
            List.of(Order.required("address", "A fediverse address, a URL or a JID")),
            true,
            (from, given) -> find(given.getFirst())));
  }

  private Order.Said own(Jid from) {
    Found.Here own = addresses.own(from);
    String address = "@" + own.handle() + ", " + own.url();
    return switch (accounts.actor(from)) {
      case Answer.Got<Account> there -> new Order.Said.Told("You are " + address);
      case Answer.Unavailable<Account> unknown ->
          new Order.Said.Mistake("Your server does not answer now. Try again later.");
      case Answer<Account> not ->
          new Order.Said.Told(
              "You are not on the fediverse: strangers cannot read your blog, and you follow nobody"
                  + " there. You would be "
                  + address);
    };
  }

  private Order.Said find(String address) {
    Answer<Found> answer = addresses.find(address);
    return answer
        .value()
        .<Order.Said>map(found -> new Order.Said.Told(words(found)))
        .orElseGet(() -> Order.without(answer));
  }

  static String words(Found found) {
    return "%s: @%s on the fediverse, %s on XMPP (%s)"
        .formatted(found.name(), found.handle(), found.jid(), found.url());
  }
}
