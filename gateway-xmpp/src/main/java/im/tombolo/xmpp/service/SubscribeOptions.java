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
    List<String> values =
        pubsub.children("options", Namespaces.PUBSUB).stream()
            .flatMap(options -> options.children("x", Namespaces.DATA_FORMS).stream())
            .flatMap(form -> Forms.values(form, FIELD).stream())
            .toList();
    return switch (values.isEmpty() ? "false" : values.getFirst()) {
      case "true", "1" -> Reading.of(SubscribeWay.PUBLICLY);
      case "false", "0" -> Reading.of(SubscribeWay.QUIETLY);
      default -> Reading.refused("not a boolean");
    };
  }
}
