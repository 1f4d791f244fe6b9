package im.tombolo.xmpp.service;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;

/** Data forms (XEP-0004). */
final class Forms {
  private Forms() {}

  /**
   * A choice in a list.
   *
   * @param value what is sent back
   */
  record Choice(String label, String value) {}

  static Element form(String title, String instructions, List<Element> fields) {
    return Element.of("x", Namespaces.DATA_FORMS)
        .attribute("type", "form")
        .child("title", title)
        .child("instructions", instructions)
        .children(fields)
        .build();
  }

  /**
   * @param type of XEP-0004 §3.3
   */
  static Element.Builder field(String name, String type, String label) {
    return Element.of("field", Namespaces.DATA_FORMS)
        .attribute("var", name)
        .attribute("type", type)
        .attribute("label", label);
  }

  static Element required(Element.Builder field) {
    return field.child(Element.of("required", Namespaces.DATA_FORMS).build()).build();
  }

  static Element list(String name, boolean multiple, String label, List<Choice> choices) {
    Element.Builder field = field(name, multiple ? "list-multi" : "list-single", label);
    for (Choice choice : choices) {
      field.child(
          Element.of("option", Namespaces.DATA_FORMS)
              .attribute("label", choice.label())
              .child("value", choice.value())
              .build());
    }
    return required(field);
  }

  /** The values of a field that somebody filled in. */
  static List<String> values(Element form, String name) {
    return form.children("field", Namespaces.DATA_FORMS).stream()
        .filter(field -> field.attributeOr("var", "").equals(name))
        .flatMap(field -> field.children("value", Namespaces.DATA_FORMS).stream())
        .map(Element::text)
        .toList();
  }

  static Optional<String> value(Element form, String name) {
    return values(form, name).stream().findFirst();
  }
}
