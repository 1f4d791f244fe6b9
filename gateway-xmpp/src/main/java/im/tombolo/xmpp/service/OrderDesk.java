package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** The gateway's own commands, by form. */
final class OrderDesk implements Commands.Desk {
  private final List<Order> orders;
  private final Predicate<Jid> isServed;

  OrderDesk(List<Order> orders, Predicate<Jid> isServed) {
    this.orders = orders;
    this.isServed = isServed;
  }

  @Override
  public boolean owns(String node) {
    return find(node).isPresent();
  }

  private Optional<Order> find(String node) {
    return orders.stream().filter(order -> order.word().equals(node)).findFirst();
  }

  @Override
  public List<Commands.Offer> offers(IqRequest request) {
    return orders.stream()
        .filter(order -> order.forEverybody() || isServed.test(request.from()))
        .map(order -> new Commands.Offer(order.word(), order.title()))
        .toList();
  }

  @Override
  public Optional<Commands.Step> start(IqRequest request, String node) {
    return find(node)
        .map(order ->
            order.arguments().stream().anyMatch(Order.Argument::required) && mayAsk(order, request)
                ? new Commands.Step.Ask(form(order, order.title(), List.of()))
                : act(order, request, order.arguments().stream().map(argument -> "").toList()));
  }

  private boolean mayAsk(Order order, IqRequest request) {
    return order.forEverybody() || isServed.test(request.from());
  }

  /**
   * @param filled what the first fields are filled with
   */
  private static Element form(Order order, String instructions, List<String> filled) {
    return Forms.form(
        order.title(),
        instructions,
        IntStream.range(0, order.arguments().size())
            .mapToObj(i -> field(order.arguments().get(i), i < filled.size() ? filled.get(i) : ""))
            .toList());
  }

  private static Element field(Order.Argument argument, String value) {
    Element.Builder field = Forms.field(argument.name(), "text-single", argument.label());
    if (!value.isEmpty()) {
      field.child("value", value);
    }
    return argument.required() ? Forms.required(field) : field.build();
  }

  @Override
  public Optional<Commands.Step> submit(IqRequest request, String node, Element form) {
    return find(node).map(order -> submit(order, request, form));
  }

  private Commands.Step submit(Order order, IqRequest request, Element form) {
    List<String> given =
        order.arguments().stream()
            .map(argument -> Forms.value(form, argument.name()).orElse("").strip())
            .toList();
    for (int i = 0; i < given.size(); i++) {
      if (order.arguments().get(i).required() && given.get(i).isEmpty()) {
        return new Commands.Step.Again("Fill in: " + order.arguments().get(i).label() + ".");
      }
    }
    return act(order, request, given);
  }

  private Commands.Step act(Order order, IqRequest request, List<String> arguments) {
    if (!mayAsk(order, request)) {
      return new Commands.Step.Refused(IqReply.refused(Condition.forbidden));
    }
    return switch (order.action().act(request.from().bare(), arguments)) {
      case Order.Said.Told(String words) -> new Commands.Step.Done(words);
      case Order.Said.Mistake(String words) -> new Commands.Step.Again(words);
      case Order.Said.More(String words, List<String> next) ->
          new Commands.Step.Ask(form(order, words, next));
      case Order.Said.NotForYou not ->
          new Commands.Step.Refused(IqReply.refused(Condition.forbidden));
    };
  }
}
