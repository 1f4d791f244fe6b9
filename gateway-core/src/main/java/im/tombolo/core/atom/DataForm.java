package im.tombolo.core.atom;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;

/**
 * A data form inside of a payload (XEP-0004, XEP-0068).
 *
 * @param x the form
 */
record DataForm(Element x) {
  private static final int MAX_VALUES = 50;

  /** The form of a type inside of an element; one that says no type is taken for it. */
  static Optional<DataForm> in(Element parent, String type) {
    return parent.children("x", Namespaces.DATA_FORMS).stream()
        .map(DataForm::new)
        .filter(form -> form.value("FORM_TYPE").map(type::equals).orElse(true))
        .findFirst();
  }

  List<Element> fields() {
    return x.children("field", Namespaces.DATA_FORMS);
  }

  /** What a field says, without empty values. */
  List<String> values(String name) {
    return fields().stream()
        .filter(field -> field.attributeOr("var", "").equals(name))
        .flatMap(field -> field.children("value", Namespaces.DATA_FORMS).stream())
        .map(value -> value.text().strip())
        .filter(value -> !value.isEmpty())
        .limit(MAX_VALUES)
        .toList();
  }

  Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** Collects a form. */
  static final class Builder {
    private final Element.Builder x;

    /**
     * @param type of XEP-0004, such as {@code result}
     * @param formType of XEP-0068
     */
    Builder(String type, String formType) {
      x = Element.of("x", Namespaces.DATA_FORMS).attribute("type", type);
      x.child(
          Element.of("field", Namespaces.DATA_FORMS)
              .attribute("var", "FORM_TYPE")
              .attribute("type", "hidden")
              .child("value", formType)
              .build());
    }

    /**
     * @param label for people
     * @param values none: the field is left out
     */
    Builder field(String name, String label, List<String> values) {
      if (!values.isEmpty()) {
        Element.Builder field =
            Element.of("field", Namespaces.DATA_FORMS)
                .attribute("var", name)
                .attribute("label", label);
        if (values.size() > 1) {
          field.attribute("type", "list-multi");
        }
        values.forEach(value -> field.child("value", value));
        x.child(field.build());
      }
      return this;
    }

    Builder field(String name, String label, Optional<?> value) {
      return field(name, label, value.map(Object::toString).stream().toList());
    }

    Builder child(Element field) {
      x.child(field);
      return this;
    }

    Element build() {
      return x.build();
    }
  }
}
