package im.tombolo.core.bridge;

import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.XmppNetwork.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the items of a node say about the posts that we know of it.
 *
 * <p>An item that is missing was retracted, or dropped by the server to make room. Servers drop the
 * oldest publications first: so a missing one was retracted if an older one is still there, or if
 * the node is empty.
 *
 * <p>Events arrive while the items are being asked for. What they changed meanwhile is newer than
 * the answer, which therefore says nothing about it.
 *
 * @param items those to read, in the order of the answer
 * @param retracted posts that are gone from the node on purpose
 * @param evicted posts that made room for others
 */
record Comparison(List<Item> items, List<Known> retracted, List<Known> evicted) {

  /**
   * @param before what was known when the question was asked
   * @param now what is known as the answer is worked on
   */
  static Comparison of(List<Known> before, List<Known> now, List<Item> items) {
    Map<String, Long> asked =
        before.stream().collect(Collectors.toMap(Known::itemId, Known::sequence));
    Predicate<Known> moved =
        known -> !Long.valueOf(known.sequence()).equals(asked.get(known.itemId()));
    Set<String> movedIds =
        now.stream().filter(moved).map(Known::itemId).collect(Collectors.toSet());
    Set<String> present = items.stream().map(Item::id).collect(Collectors.toSet());
    List<Known> settled = now.stream().filter(moved.negate()).toList();
    long oldestPresent =
        settled.stream()
            .filter(known -> present.contains(known.itemId()))
            .mapToLong(Known::sequence)
            .min()
            .orElse(Long.MAX_VALUE);
    Map<Boolean, List<Known>> missing =
        settled.stream()
            .filter(known -> !known.evicted() && !present.contains(known.itemId()))
            .collect(
                Collectors.partitioningBy(
                    known -> items.isEmpty() || oldestPresent < known.sequence()));
    return new Comparison(
        items.stream().filter(item -> !movedIds.contains(item.id())).toList(),
        missing.getOrDefault(true, List.of()),
        missing.getOrDefault(false, List.of()));
  }
}
