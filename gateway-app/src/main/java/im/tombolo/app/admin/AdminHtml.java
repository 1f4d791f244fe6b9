package im.tombolo.app.admin;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.List;
import java.util.Locale;

/** What the pages for administrators are made of; no scripts. */
final class AdminHtml {
  private AdminHtml() {}

  static String page(Element body) {
    Element head =
        element("head")
            .child(text("title", "Tombolo"))
            .child(
                element("link")
                    .attribute("rel", "stylesheet")
                    .attribute("href", "style.css")
                    .build())
            .build();
    return "<!DOCTYPE html>\n"
        + XmlWriter.write(element("html").attribute("lang", "en").child(head).child(body).build());
  }

  static Element table(List<String> columns, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return text("p", "None.");
    }
    Element.Builder table = element("table").child(row("th", columns));
    rows.forEach(row -> table.child(row("td", row)));
    return table.build();
  }

  private static Element row(String cell, List<String> texts) {
    Element.Builder row = element("tr");
    // An empty element would be written in a way that HTML does not know.
    texts.forEach(text -> row.child(text(cell, text.isEmpty() ? " " : text)));
    return row.build();
  }

  static Element text(String name, String text) {
    return element(name).text(text).build();
  }

  static Element.Builder element(String name) {
    return Element.of(name, Namespaces.XHTML);
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
