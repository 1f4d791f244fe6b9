package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.NoticeBridge;
import im.tombolo.core.model.NoticeChoice;
import im.tombolo.core.port.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The command about what one is told in words. */
final class NoticeOrders {
  private final NoticeBridge notices;

  NoticeOrders(NoticeBridge notices) {
    this.notices = notices;
  }

  List<Order> all() {
    return List.of(
        new Order(
            "notify",
            "Of what I am told",
            List.of(
                Order.optional("what", "mentions or followers"),
                Order.optional("switch", "on or off")),
            (from, given) -> notify(from, given.getFirst(), given.getLast())));
  }

  private Order.Said notify(Jid from, String what, String position) {
    return change(what.toLowerCase(Locale.ROOT), position.toLowerCase(Locale.ROOT))
        .map(change -> said(notices.choose(from, change)))
        .orElseGet(() ->
            new Order.Said.Mistake(
                "Nothing was changed. Say mentions or followers, and on or off."));
  }

  /** Empty when that cannot be understood. */
  private static Optional<UnaryOperator<NoticeChoice>> change(String what, String position) {
    if (what.isEmpty() && position.isEmpty()) {
      return Optional.of(UnaryOperator.identity());
    }
    if (!position.equals("on") && !position.equals("off")) {
      return Optional.empty();
    }
    boolean on = position.equals("on");
    return switch (what) {
      case "mentions" -> Optional.of(now -> new NoticeChoice(on, now.followers()));
      case "followers" -> Optional.of(now -> new NoticeChoice(now.mentions(), on));
      default -> Optional.empty();
    };
  }

  private static Order.Said said(Answer<NoticeChoice> answer) {
    return answer instanceof Answer.Got<NoticeChoice>(NoticeChoice now)
        ? new Order.Said.Told(
            "Mentions and answers: "
                + position(now.mentions())
                + ". New followers: "
                + position(now.followers())
                + ".")
        : Order.without(answer);
  }

  private static String position(boolean on) {
    return on ? "on" : "off";
  }
}
