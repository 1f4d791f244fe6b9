package im.tombolo.xmpp.service;

import im.tombolo.core.activity.CommunityWriter.Decision;
import im.tombolo.core.bridge.CommunityModeration;
import java.util.List;

/** Commands for those who are in charge of a node that is a community on the fediverse. */
final class CommunityOrders {
  private final CommunityModeration moderation;

  CommunityOrders(CommunityModeration moderation) {
    this.moderation = moderation;
  }

  List<Order> all() {
    return List.of(
        order(
            "pin", "Show a post of my community before all others", Decision.PIN, "It is pinned."),
        order("unpin", "Show it like others again", Decision.UNPIN, "It is pinned no more."),
        order("lock", "Take no more comments on a post", Decision.LOCK, "It takes no comments."),
        order("unlock", "Take comments on it again", Decision.UNLOCK, "It takes comments again."));
  }

  private Order order(String word, String title, Decision decision, String words) {
    return new Order(
        word,
        title,
        List.of(Order.required("post", "Address of the post")),
        (from, given) ->
            switch (moderation.decide(from, given.getFirst(), decision)) {
              case DONE -> new Order.Said.Told(words);
              case ALREADY -> new Order.Said.Told("It was so before.");
              case NO_POST -> new Order.Said.Mistake("No community here has such a post.");
              case NOT_YOURS ->
                  new Order.Said.Mistake(
                      "Only owners and publishers of that node may, and its service does not say"
                          + " that you are one.");
            });
  }
}
