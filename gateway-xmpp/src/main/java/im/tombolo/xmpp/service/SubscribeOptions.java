package im.tombolo.xmpp.service;

import im.tombolo.core.bridge.SubscribeWay;
import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;

/** What comes with a subscription (XEP-0060 §6.3.7): whether it is public (XEP-0465). */
final class SubscribeOptions {
  /** Libervia's name for it; the XEP has an element inside the subscription. */
  private static final String FIELD = "{" + Namespaces.PPS + "}public";

  private SubscribeOptions() {}

  static Reading<SubscribeWay> read(Element pubsub, Element subscribe) {
    if (subscribe.child("public", Namespaces.PPS).isPresent()) {
      return Reading.of(SubscribeWay.PUBLICLY);
    }
    return pubsub.children("options", Namespaces.PUBSUB).stream()
        .flatMap(options -> options.children("x", Namespaces.DATA_FORMS).stream())
        .findFirst()
        .map(SubscribeOptions::read)
        .orElseGet(() -> Reading.of(SubscribeWay.QUIETLY));
  }

  static Reading<SubscribeWay> read(Element form) {
    return switch (Forms.value(form, FIELD).orElse("false")) {
      case "true", "1" -> Reading.of(SubscribeWay.PUBLICLY);
      case "false", "0" -> Reading.of(SubscribeWay.QUIETLY);
      default -> Reading.refused("not a boolean");
    };
  }

  /** What there is to choose, and how it is. */
  static Element form(boolean isPublic) {
    return Forms.form(
        "Subscription",
        "How you follow.",
        List.of(
            Element.of("field", Namespaces.DATA_FORMS)
                .attribute("var", "FORM_TYPE")
                .attribute("type", "hidden")
                .child("value", Namespaces.PUBSUB + "#subscribe_options")
                .build(),
            Forms.field(FIELD, "boolean", "Everybody may know of it")
                .child("value", isPublic ? "1" : "0")
                .build()));
  }
}
