package im.tombolo.xmpp.service;

import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.Node;
import im.tombolo.core.xml.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Answers that hold a part of a node's items (XEP-0060 §6.5, XEP-0059). */
final class ItemPages {
  /** Servers cut the stream or drop stanzas of 256 KiB and more. */
  private static final int MAX_CHARS = 150_000;

  private static final int MAX_IDS = 50;

  private ItemPages() {}

  /** The ids that are asked for by name; none: a page is wanted. */
  static List<String> ids(Element items) {
    return items.children("item", Namespaces.PUBSUB).stream()
        .flatMap(item -> item.attribute("id").stream())
        .limit(MAX_IDS)
        .toList();
  }

  /**
   * What a request asks for of a list that is there as a whole.
   *
   * @param all oldest first
   */
  static IqReply of(IqRequest request, String node, Element items, List<Element> all) {
    List<String> ids = ids(items);
    if (!ids.isEmpty()) {
      List<Element> found = all.stream().filter(item -> ids.contains(id(item))).toList();
      return found.isEmpty() ? IqReply.refused(Condition.item_not_found) : named(node, found);
    }
    return switch (PageRequest.ofWhole(request.payload(), items)) {
      case Reading.Refused<PageRequest> refused -> IqReply.refused(Condition.bad_request);
      case Reading.Of<PageRequest>(PageRequest wanted) ->
          walk(wanted, all)
              .map(walked -> page(wanted, node, walked, all.size()))
              .orElseGet(() -> IqReply.refused(Condition.item_not_found));
    };
  }

  /** Items that were asked for by name. */
  static IqReply named(String node, List<Element> found) {
    return IqReply.of(PubsubRequests.pubsub(items(node, fitting(found))));
  }

  /**
   * One page.
   *
   * @param walked in the direction that was asked for; what has no payload is passed in silence
   * @param total items of the node in all
   */
  static IqReply page(PageRequest wanted, String node, List<Element> walked, long total) {
    List<Element> fit = fitting(walked);
    List<Element> ordered = wanted.towardsOlder() == wanted.newestFirst() ? fit : fit.reversed();
    return IqReply.of(
        Element.of("pubsub", Namespaces.PUBSUB)
            .child(items(node, ordered.stream().filter(ItemPages::isShown).toList()))
            .child(set(wanted, ordered, total))
            .build());
  }

  /**
   * What a page shows of a list, in the direction that was asked for; empty when the list does not
   * hold the item that the page starts beside.
   *
   * @param all oldest first
   */
  static Optional<List<Element>> walk(PageRequest wanted, List<Element> all) {
    int from = all.size();
    if (wanted.from().isPresent()) {
      from = all.stream().map(ItemPages::id).toList().indexOf(wanted.from().get());
      if (from < 0) {
        return Optional.empty();
      }
    } else if (!wanted.towardsOlder()) {
      from = -1;
    }
    List<Element> walked =
        wanted.towardsOlder() ? all.subList(0, from).reversed() : all.subList(from + 1, all.size());
    return Optional.of(walked.stream().skip(wanted.index()).limit(wanted.max()).toList());
  }

  /** As many from the start as fit into one stanza, one at least. */
  private static List<Element> fitting(List<Element> items) {
    int chars = 0;
    int count = 0;
    for (Element item : items) {
      chars += size(item);
      if (count > 0 && chars > MAX_CHARS) {
        break;
      }
      count++;
    }
    return items.subList(0, count);
  }

  /** About as many characters as it is written with. */
  private static int size(Element element) {
    int chars = 2 * element.name().length() + element.namespace().length();
    for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
      chars += attribute.getKey().length() + attribute.getValue().length() + 4;
    }
    for (Node child : element.children()) {
      chars +=
          switch (child) {
            case Text(String text) -> text.length();
            case Element below -> size(below);
          };
    }
    return chars;
  }

  private static Element items(String node, List<Element> items) {
    return Element.of("items", Namespaces.PUBSUB).attribute("node", node).children(items).build();
  }

  private static Element set(PageRequest wanted, List<Element> items, long total) {
    Element.Builder set = Element.of("set", Namespaces.RSM);
    if (!items.isEmpty()) {
      set.child(
          Element.of("first", Namespaces.RSM)
              .attribute("index", wanted.index(items.size(), total).map(Object::toString))
              .text(wanted.cursor(id(items.getFirst())))
              .build());
      set.child("last", wanted.cursor(id(items.getLast())));
    }
    return set.child("count", Long.toString(total)).build();
  }

  private static boolean isShown(Element item) {
    return !item.elements().isEmpty();
  }

  private static String id(Element item) {
    return item.attributeOr("id", "");
  }
}
