package im.tombolo.core.atom;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Node;
import im.tombolo.core.xml.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Spaces between two elements of a line, moved into one of them: Movim deletes white space between
 * tags, which would join the words of two links or mentions.
 */
final class InlineSpaces {
  private static final Set<String> INLINE =
      Set.of("a", "span", "em", "strong", "b", "i", "u", "s", "del", "code");

  private InlineSpaces() {}

  /** The same tree, with the spaces where they stay. {@code pre} is left as it is. */
  static Element kept(Element element) {
    return hasLoose(element) ? moved(element) : element;
  }

  private static boolean hasLoose(Element element) {
    if (element.name().equals("pre")) {
      return false;
    }
    List<Node> children = element.children();
    for (int i = 0; i < children.size(); i++) {
      if (isLoose(children, i) || (children.get(i) instanceof Element inner && hasLoose(inner))) {
        return true;
      }
    }
    return false;
  }

  private static Element moved(Element element) {
    if (element.name().equals("pre")) {
      return element;
    }
    List<Node> children = new ArrayList<>(element.children().size());
    for (Node child : element.children()) {
      children.add(child instanceof Element inner ? moved(inner) : child);
    }
    for (int i = 1; i + 1 < children.size(); i++) {
      if (isLoose(children, i)
          && children.get(i - 1) instanceof Element before
          && children.get(i + 1) instanceof Element after) {
        move(children, i, before, after);
      }
    }
    return with(element, children);
  }

  private static boolean isLoose(List<Node> children, int at) {
    return at > 0
        && at + 1 < children.size()
        && isSpace(children.get(at))
        && isInline(children.get(at - 1))
        && isInline(children.get(at + 1));
  }

  private static boolean isInline(Node node) {
    return node instanceof Element element && INLINE.contains(element.name());
  }

  private static void move(List<Node> children, int at, Element before, Element after) {
    Optional<Element> longer = spaced(before, true);
    if (longer.isPresent()) {
      children.set(at - 1, longer.get());
      children.remove(at);
    } else {
      spaced(after, false)
          .ifPresent(wider -> {
            children.set(at + 1, wider);
            children.remove(at);
          });
    }
  }

  private static boolean isSpace(Node node) {
    return node instanceof Text(String value) && value.isBlank();
  }

  /** The element with a space beside the words at its end or start; empty when it has none. */
  private static Optional<Element> spaced(Element element, boolean atEnd) {
    if (element.children().isEmpty()) {
      return Optional.empty();
    }
    List<Node> children = new ArrayList<>(element.children());
    int edge = atEnd ? children.size() - 1 : 0;
    Optional<? extends Node> changed =
        switch (children.get(edge)) {
          case Text(String value) when value.isBlank() -> Optional.<Node>empty();
          case Text(String value) -> Optional.of(new Text(atEnd ? value + " " : " " + value));
          case Element inner -> spaced(inner, atEnd);
        };
    return changed.map(node -> {
      children.set(edge, node);
      return with(element, children);
    });
  }

  private static Element with(Element element, List<Node> children) {
    return new Element(element.name(), element.namespace(), element.attributes(), children);
  }
}
