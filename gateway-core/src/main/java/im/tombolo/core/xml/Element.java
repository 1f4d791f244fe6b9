package im.tombolo.core.xml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * An immutable element.
 *
 * @param name local name
 * @param namespace never empty on the wire that we speak; "" stands for none
 * @param attributes by local name, in order; of attributes with a namespace only {@code xml:lang}
 * @param children in order
 */
public record Element(
    String name, String namespace, SequencedMap<String, String> attributes, List<Node> children)
    implements Node {

  public static final String LANG = "xml:lang";

  public Element {
    attributes = Attributes.copyOf(attributes);
    children = List.copyOf(children);
  }

  public static Builder of(String name, String namespace) {
    return new Builder(name, namespace);
  }

  public boolean is(String otherName, String otherNamespace) {
    return name.equals(otherName) && namespace.equals(otherNamespace);
  }

  public Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  public String attributeOr(String attribute, String otherwise) {
    return attributes.getOrDefault(attribute, otherwise);
  }

  public Optional<String> lang() {
    return attribute(LANG);
  }

  public List<Element> elements() {
    List<Element> found = new ArrayList<>();
    for (Node node : children) {
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  /** The first child element of a name. */
  public Optional<Element> child(String childName, String childNamespace) {
    for (Node node : children) {
      if (node instanceof Element element && element.is(childName, childNamespace)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  /** Not to be changed, as most are empty. */
  public List<Element> children(String childName, String childNamespace) {
    List<Element> found = List.of();
    for (int i = 0; i < children.size(); i++) {
      if (children.get(i) instanceof Element element && element.is(childName, childNamespace)) {
        if (found.isEmpty()) {
          found = new ArrayList<>(2);
        }
        found.add(element);
      }
    }
    return found;
  }

  /** All text in and below this element. */
  public String text() {
    if (children.size() == 1 && children.getFirst() instanceof Text(String all)) {
      return all;
    }
    StringBuilder out = new StringBuilder();
    collect(this, out);
    return out.toString();
  }

  public Builder toBuilder() {
    Builder builder = new Builder(name, namespace);
    builder.attributes = Attributes.copyOf(attributes);
    return builder.children(children);
  }

  private static void collect(Element element, StringBuilder out) {
    for (Node node : element.children) {
      switch (node) {
        case Text(String value) -> out.append(value);
        case Element child -> collect(child, out);
      }
    }
  }

  /** Collects an element. Not for several threads. */
  public static final class Builder {
    private final String name;
    private final String namespace;
    private List<Node> children = List.of();
    private Attributes attributes = Attributes.NONE;

    private Builder(String name, String namespace) {
      this.name = name;
      this.namespace = namespace;
    }

    public String name() {
      return name;
    }

    public Builder attribute(String attribute, String value) {
      attributes = attributes.with(attribute, value);
      return this;
    }

    public Builder attribute(String attribute, Optional<String> value) {
      return value.isPresent() ? attribute(attribute, value.get()) : this;
    }

    public Builder lang(Optional<String> language) {
      return attribute(LANG, language);
    }

    public Builder text(String text) {
      return text.isEmpty() ? this : child(new Text(text));
    }

    public Builder child(Node child) {
      if (children.isEmpty()) {
        children = new ArrayList<>(4);
      }
      children.add(child);
      return this;
    }

    /** A child that holds nothing but text, in this element's namespace. */
    public Builder child(String childName, String text) {
      List<Node> words = text.isEmpty() ? List.of() : List.of(new Text(text));
      return child(new Element(childName, namespace, Attributes.NONE, words));
    }

    public Builder child(Optional<? extends Node> child) {
      child.ifPresent(this::child);
      return this;
    }

    public Builder children(Collection<? extends Node> more) {
      more.forEach(this::child);
      return this;
    }

    public Element build() {
      return new Element(name, namespace, attributes, children);
    }
  }
}
