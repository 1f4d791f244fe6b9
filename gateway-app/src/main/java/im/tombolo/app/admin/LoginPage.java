package im.tombolo.app.admin;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.Optional;

/** Where a browser shows the token. */
final class LoginPage {
  private LoginPage() {}

  static String of(Optional<String> trouble) {
    Element.Builder body = element("body").child(text("h1", "Tombolo"));
    trouble.ifPresent(why -> body.child(text("p", why)));
    body.child(
        element("form")
            .attribute("method", "post")
            .attribute("action", "login")
            .child(
                element("label")
                    .text("admin.token ")
                    .child(
                        element("input")
                            .attribute("name", "token")
                            .attribute("type", "password")
                            .attribute("autocomplete", "current-password")
                            .attribute("required", "required")
                            .build())
                    .build())
            .child(text("button", "Log in"))
            .build());
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
        + XmlWriter.write(
            element("html").attribute("lang", "en").child(head).child(body.build()).build());
  }

  private static Element text(String name, String text) {
    return element(name).text(text).build();
  }

  private static Element.Builder element(String name) {
    return Element.of(name, Namespaces.XHTML);
  }
}
