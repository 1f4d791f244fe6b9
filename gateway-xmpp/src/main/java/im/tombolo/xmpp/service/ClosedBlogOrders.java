package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ClosedBlogBridge;
import im.tombolo.core.bridge.ClosedBlogBridge.Chosen;
import im.tombolo.core.port.Answer;
import java.util.List;
import java.util.Locale;

/** The command of people whose blogs are closed. */
final class ClosedBlogOrders {
  private final ClosedBlogBridge blogs;

  ClosedBlogOrders(ClosedBlogBridge blogs) {
    this.blogs = blogs;
  }

  List<Order> all() {
    return List.of(
        new Order(
            "closed-blog",
            "Whether my closed blog is for followers whom I approve",
            List.of(Order.optional("switch", "on or off")),
            (from, given) -> closedBlog(from, given.getFirst().toLowerCase(Locale.ROOT))));
  }

  private Order.Said closedBlog(Jid from, String position) {
    return switch (position) {
      case "" ->
          new Order.Said.Told(
              blogs.isOn(from)
                  ? "While strangers cannot read your blog, followers whom you approved get it."
                  : "A blog that strangers cannot read does not reach the fediverse.");
      case "on", "off" -> choose(from, position.equals("on"));
      default -> new Order.Said.Mistake("Nothing was changed. Say on or off.");
    };
  }

  private Order.Said choose(Jid from, boolean on) {
    Answer<Chosen> answer = blogs.choose(from, on);
    return answer instanceof Answer.Got<Chosen>(Chosen chosen)
        ? switch (chosen) {
          case Chosen.Carried(long followers) ->
              new Order.Said.Told(
                  "While strangers cannot read your blog, it is for followers on the fediverse,"
                      + " whom you approve. "
                      + followers
                      + " follow you now: followers lists them, and reject takes one away.");
          case Chosen.NotCarried none ->
              new Order.Said.Told(
                  "What followers got of your closed blog is being deleted on the fediverse.");
          case Chosen.NotLent not ->
              new Order.Said.Mistake(
                  "Your server does not let the gateway read closed blogs. Its administrator could"
                      + " allow that (XEP-0356).");
          case Chosen.NoBlog none ->
              new Order.Said.Mistake("You have no blog: publish something first.");
        }
        : Order.without(answer);
  }
}
