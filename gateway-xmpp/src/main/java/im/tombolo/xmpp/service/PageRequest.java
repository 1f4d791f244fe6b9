package im.tombolo.xmpp.service;

import static java.lang.Integer.parseInt;

import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which part of a blog a client wants: by result sets (XEP-0059), by {@code max_items} alone, or in
 * the order of XEP-0413.
 *
 * <p>Standard pages go from old to new. Movim asks with {@code max_items} and reads the answer as
 * newest first, then asks for what is {@code before} its last item. Such a conversation is known by
 * its cursors, which carry a tag.
 *
 * @param from item to start beside; empty: from the end
 * @param towardsOlder direction of the walk
 * @param newestFirst order of the answer
 * @param tagged whether the answer's cursors carry the tag
 * @param max items at most; 0 asks only how many there are
 */
record PageRequest(
    Optional<String> from, boolean towardsOlder, boolean newestFirst, boolean tagged, int max) {
  /** Most items of a page. */
  static final int MAX = 100;

  private static final int DEFAULT = 50;
  private static final String TAG = "d:";
  private static final Pattern LARGE = Pattern.compile("[0-9]{9,}");

  static Reading<PageRequest> read(Element pubsub, Element items) {
    Optional<Element> set = pubsub.child("set", Namespaces.RSM);
    Optional<Element> order = pubsub.child("order", Namespaces.ORDER_BY);
    int max;
    try {
      max = max(set, items);
    } catch (NumberFormatException notANumber) {
      return Reading.refused("max is not a number");
    }
    if (max < 0) {
      return Reading.refused("max is negative");
    }
    if (set.isEmpty()) {
      boolean isMovim = items.attribute("max_items").isPresent();
      return Reading.of(new PageRequest(Optional.empty(), true, isMovim, isMovim, max));
    }
    Optional<String> before = set.get().child("before", Namespaces.RSM).map(Element::text);
    Optional<String> after = set.get().child("after", Namespaces.RSM).map(Element::text);
    boolean descending = order.filter(PageRequest::isDescending).isPresent();
    Optional<String> cursor = before.or(() -> after).filter(text -> !text.isEmpty());
    if (cursor.filter(text -> text.startsWith(TAG)).isPresent()) {
      boolean older = before.isPresent();
      return Reading.of(
          new PageRequest(cursor.map(PageRequest::untagged), older, older, true, max));
    }
    boolean older = before.isPresent() != descending;
    return Reading.of(new PageRequest(cursor, older, descending, false, max));
  }

  private static boolean isDescending(Element order) {
    String desc = order.attributeOr("desc", "false");
    return desc.equals("true") || desc.equals("1");
  }

  private static int max(Optional<Element> set, Element items) {
    Optional<String> text =
        set.flatMap(rsm -> rsm.child("max", Namespaces.RSM))
            .map(Element::text)
            .or(() -> items.attribute("max_items"));
    return text.map(String::strip)
        .map(number -> LARGE.matcher(number).matches() ? MAX : Math.min(parseInt(number), MAX))
        .orElse(DEFAULT);
  }

  private static String untagged(String cursor) {
    return cursor.substring(TAG.length());
  }

  PageRequest limited(int most) {
    return new PageRequest(from, towardsOlder, newestFirst, tagged, Math.min(max, most));
  }

  String cursor(String itemId) {
    return tagged ? TAG + itemId : itemId;
  }
}
