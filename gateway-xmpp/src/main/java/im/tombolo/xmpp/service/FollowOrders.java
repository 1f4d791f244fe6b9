package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.AddressBridge.Found;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.LocalAccounts.FollowedBy;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Commands about whom one follows, and by whom one is followed. */
final class FollowOrders {
  static final int PAGE = 20;

  private final AddressBridge addresses;
  private final LocalAccounts accounts;
  private final SubscriptionBridge subscriptions;

  FollowOrders(AddressBridge addresses, LocalAccounts accounts, SubscriptionBridge subscriptions) {
    this.addresses = addresses;
    this.accounts = accounts;
    this.subscriptions = subscriptions;
  }

  List<Order> all() {
    Order.Argument whom = Order.required("address", "Whom, such as ada@social.example");
    return List.of(
        new Order(
            "follow",
            "Follow somebody on the fediverse",
            List.of(whom),
            (from, given) -> follow(from, given.getFirst())),
        new Order(
            "unfollow",
            "Stop following somebody",
            List.of(whom),
            (from, given) -> unfollow(from, given.getFirst())),
        new Order(
            "followers",
            "Who follows me",
            List.of(Order.optional("after", "Continue after this address")),
            (from, given) -> followers(from, given.getFirst())));
  }

  private Order.Said follow(Jid from, String address) {
    Answer<Found> answer = addresses.find(address);
    if (!(answer instanceof Answer.Got<Found>(Found found))) {
      return Order.without(answer);
    }
    if (found instanceof Found.Here) {
      return new Order.Said.Mistake("That is " + found.jid() + " on XMPP. Follow them there.");
    }
    Answer<FollowState> state = subscriptions.subscribe(found.jid(), from);
    return switch (state) {
      case Answer.Got<FollowState>(FollowState now) when now == FollowState.ACCEPTED ->
          new Order.Said.Told("You follow @" + found.handle() + ".");
      case Answer.Got<FollowState> asked ->
          new Order.Said.Told(
              "@"
                  + found.handle()
                  + " was asked. You are told when they agree. Their posts come"
                  + " from "
                  + found.jid());
      case Answer<FollowState> not -> Order.without(not);
    };
  }

  /** Whether their server answers or not. */
  private Order.Said unfollow(Jid from, String address) {
    Optional<Jid> whom =
        addresses.virtual(address).or(() -> addresses.find(address).value().map(Found::jid));
    return whom.filter(jid -> subscriptions.unsubscribe(jid, from)).isPresent()
        ? new Order.Said.Told("You do not follow " + address + " any more.")
        : new Order.Said.Mistake("You do not follow " + address + ".");
  }

  private Order.Said followers(Jid from, String after) {
    Optional<URI> cursor = cursor(after);
    if (!after.isEmpty() && cursor.isEmpty()) {
      return new Order.Said.Mistake("Say after which URL the list goes on.");
    }
    List<FollowedBy> page = accounts.followers(from, cursor, PAGE);
    if (page.isEmpty()) {
      return new Order.Said.Told(
          cursor.isEmpty() ? "Nobody on the fediverse follows you." : "That were all.");
    }
    String words =
        page.stream()
            .map(FollowOrders::name)
            .collect(
                Collectors.joining(
                    "\n", accounts.countFollowers(from) + " people follow you:\n", ""));
    return page.size() < PAGE
        ? new Order.Said.Told(words)
        : new Order.Said.More(words, List.of(page.getLast().actor().toString()));
  }

  static String name(FollowedBy by) {
    return by.handle().map(handle -> "@" + handle).orElse(by.actor().toString());
  }

  static Optional<URI> cursor(String after) {
    try {
      return Optional.of(after).filter(text -> text.startsWith("http")).map(URI::create);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
