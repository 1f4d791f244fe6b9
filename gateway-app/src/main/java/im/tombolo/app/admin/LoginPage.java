package im.tombolo.app.admin;

import static im.tombolo.app.admin.AdminHtml.element;
import static im.tombolo.app.admin.AdminHtml.text;

import im.tombolo.core.xml.Element;
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
    return AdminHtml.page(body.build());
  }
}
