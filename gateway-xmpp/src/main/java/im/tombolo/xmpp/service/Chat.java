package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The gateway's own commands, by words in a chat with it. */
final class Chat {
  private static final int MAX_QUESTION = 8_000;
  private static final int MAX_ANSWER = 8_000;

  private final List<Order> orders;
  private final Predicate<Jid> isServed;

  Chat(List<Order> orders, Predicate<Jid> isServed) {
    this.orders = orders;
    this.isServed = isServed;
  }

  /** What the gateway says to a message. */
  String answer(Jid from, String message) {
    String text = message.strip();
    if (text.length() > MAX_QUESTION) {
      return "That is too long.";
    }
    String answer = reply(from, text);
    return answer.substring(0, Math.min(MAX_ANSWER, answer.length()));
  }

  private String reply(Jid from, String text) {
    String[] parts = text.split("\\s+", 2);
    String word = parts[0].toLowerCase(Locale.ROOT);
    if (word.equals("help")) {
      return help(from);
    }
    return orders.stream()
        .filter(order -> order.word().equals(word))
        .findFirst()
        .map(order -> act(order, from, parts.length > 1 ? parts[1] : ""))
        .orElse("There is no such command. Write help for a list of them.");
  }

  private String help(Jid from) {
    return orders.stream()
        .filter(order -> isFor(order, from))
        .map(Order::usage)
        .collect(Collectors.joining("\n", "help: this list\n", ""));
  }

  private boolean isFor(Order order, Jid from) {
    return order.forEverybody() || isServed.test(from);
  }

  private String act(Order order, Jid from, String rest) {
    if (!isFor(order, from)) {
      return notForYou();
    }
    Optional<List<String>> arguments = arguments(order, rest);
    if (arguments.isEmpty()) {
      return "Write it so: " + order.usage();
    }
    return switch (order.action().act(from.bare(), arguments.get())) {
      case Order.Said.Told(String words) -> words;
      case Order.Said.Mistake(String words) -> words;
      case Order.Said.More(String words, List<String> next) ->
          words + "\nFor more write: " + order.word() + " " + String.join(" ", next);
      case Order.Said.NotForYou not -> notForYou();
    };
  }

  private static String notForYou() {
    return "That is for people of this gateway's own servers.";
  }

  /** Empty when there are too few or too many. */
  private static Optional<List<String>> arguments(Order order, String rest) {
    int places = order.arguments().size();
    List<String> given =
        new ArrayList<>(
            rest.isEmpty() ? List.of() : List.of(rest.split("\\s+", Math.max(1, places))));
    long required = order.arguments().stream().filter(Order.Argument::required).count();
    if (given.size() > places || given.size() < required) {
      return Optional.empty();
    }
    while (given.size() < places) {
      given.add("");
    }
    return Optional.of(given);
  }
}
