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
 * @param index items to pass over before the first, where there is none to start beside
 * @param towardsOlder direction of the walk
 * @param newestFirst order of the answer
 * @param tagged whether the answer's cursors carry the tag
 * @param max items at most; 0 asks only how many there are
 */
record PageRequest(
    Optional<String> from,
    int index,
    boolean towardsOlder,
    boolean newestFirst,
    boolean tagged,
    int max) {
  /** Most items of a page. */
  static final int MAX = 100;

  /** Most items of a list that is there as a whole: Movim asks for so many comments, once. */
  static final int MAX_OF_WHOLE = 500;

  private static final int DEFAULT = 50;
  private static final String TAG = "d:";
  private static final Pattern LARGE = Pattern.compile("[0-9]{9,}");

  static Reading<PageRequest> read(Element pubsub, Element items) {
    return read(pubsub, items, DEFAULT, MAX);
  }

  /** What is wanted of a list that costs the same however much of it is shown. */
  static Reading<PageRequest> ofWhole(Element pubsub, Element items) {
    return read(pubsub, items, MAX_OF_WHOLE, MAX_OF_WHOLE);
  }

  private static Reading<PageRequest> read(Element pubsub, Element items, int usual, int most) {
    Optional<Element> set = pubsub.child("set", Namespaces.RSM);
    Optional<Element> order = order(pubsub);
    if (order.filter(wanted -> !isKnown(wanted)).isPresent()) {
      return Reading.refused("an order that is not known");
    }
    int max;
    int index;
    try {
      max =
          Math.min(
              number(in(set, "max").or(() -> items.attribute("max_items"))).orElse(usual), most);
      index = number(in(set, "index")).orElse(0);
    } catch (NumberFormatException notANumber) {
      return Reading.refused("max or index is not a number");
    }
    if (max < 0 || index < 0) {
      return Reading.refused("max or index is negative");
    }
    boolean descending = order.filter(PageRequest::isDescending).isPresent();
    if (set.isEmpty()) {
      boolean isMovim = items.attribute("max_items").isPresent() && order.isEmpty();
      return Reading.of(
          new PageRequest(Optional.empty(), 0, true, isMovim || descending, isMovim, max));
    }
    Optional<String> before = in(set, "before");
    Optional<String> after = in(set, "after");
    Optional<String> cursor = before.or(() -> after).filter(text -> !text.isEmpty());
    if (cursor.filter(text -> text.startsWith(TAG)).isPresent()) {
      boolean older = before.isPresent();
      return Reading.of(
          new PageRequest(cursor.map(PageRequest::untagged), 0, older, older, true, max));
    }
    boolean older = before.isPresent() != descending;
    int passed = before.or(() -> after).isPresent() ? 0 : index;
    return Reading.of(new PageRequest(cursor, passed, older, descending, false, max));
  }

  /** Libervia has the first version of XEP-0413, which knows no direction. */
  static Optional<Element> order(Element pubsub) {
    return pubsub
        .child("order", Namespaces.ORDER_BY)
        .or(() -> pubsub.child("order", Namespaces.ORDER_BY_0));
  }

  /** Ours is by the date of publication; an item that is changed stays where it is. */
  private static boolean isKnown(Element order) {
    return switch (order.attributeOr("by", "creation")) {
      case "creation", "modification" -> true;
      default -> false;
    };
  }

  private static boolean isDescending(Element order) {
    String desc = order.attributeOr("desc", "false");
    return desc.equals("true") || desc.equals("1");
  }

  private static Optional<String> in(Optional<Element> set, String name) {
    return set.flatMap(rsm -> rsm.child(name, Namespaces.RSM)).map(Element::text);
  }

  private static Optional<Integer> number(Optional<String> text) {
    return text.map(String::strip)
        .map(number -> LARGE.matcher(number).matches() ? Integer.MAX_VALUE : parseInt(number));
  }

  private static String untagged(String cursor) {
    return cursor.substring(TAG.length());
  }

  PageRequest limited(int most) {
    return new PageRequest(from, index, towardsOlder, newestFirst, tagged, Math.min(max, most));
  }

  /** Where the first of a page stands in the order that was asked for, if that is known. */
  Optional<Long> index(int size, long total) {
    if (from.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(towardsOlder == newestFirst ? index : Math.max(0, total - size));
  }

  String cursor(String itemId) {
    return tagged ? TAG + itemId : itemId;
  }
}
