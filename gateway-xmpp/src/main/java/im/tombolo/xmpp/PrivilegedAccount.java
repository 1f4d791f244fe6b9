package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Done;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.port.XmppNetwork.Privileged;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account's own nodes, asked for in its own name. */
record PrivilegedAccount(ComponentLink link, Jid account) implements Privileged {
  private static final String NODE_CONFIG = Namespaces.PUBSUB + "#node_config";

  @Override
  public Answer<List<Item>> newestItems(String node, int max) {
    return ask("get", Network.pubsub(Network.newest(node, max))).map(iq -> Network.items(iq, max));
  }

  @Override
  public Answer<Done> retract(String node, String itemId) {
    return ask("set", Network.pubsub(Network.retraction(node, itemId))).map(iq -> new Done());
  }

  @Override
  public Answer<Map<String, String>> configuration(String node) {
    Element configure =
        Element.of("configure", Namespaces.PUBSUB_OWNER).attribute("node", node).build();
    return ask("get", owner(configure)).map(PrivilegedAccount::fields);
  }

  private static Map<String, String> fields(Element iq) {
    Map<String, String> fields = new LinkedHashMap<>();
    iq.child("pubsub", Namespaces.PUBSUB_OWNER)
        .flatMap(pubsub -> pubsub.child("configure", Namespaces.PUBSUB_OWNER))
        .flatMap(configure -> configure.child("x", Namespaces.DATA_FORMS))
        .ifPresent(form ->
            form.children("field", Namespaces.DATA_FORMS)
                .forEach(field ->
                    field
                        .child("value", Namespaces.DATA_FORMS)
                        .ifPresent(
                            value -> fields.put(field.attributeOr("var", ""), value.text()))));
    return fields;
  }

  @Override
  public Answer<Done> configure(String node, Map<String, String> changes) {
    Element.Builder form =
        Element.of("x", Namespaces.DATA_FORMS)
            .attribute("type", "submit")
            .child(field("FORM_TYPE", NODE_CONFIG, Optional.of("hidden")));
    changes.forEach((name, value) -> form.child(field(name, value, Optional.empty())));
    Element configure =
        Element.of("configure", Namespaces.PUBSUB_OWNER)
            .attribute("node", node)
            .child(form.build())
            .build();
    return ask("set", owner(configure)).map(iq -> new Done());
  }

  @Override
  public Answer<Done> admit(String node, Jid reader) {
    Element affiliations =
        Element.of("affiliations", Namespaces.PUBSUB_OWNER)
            .attribute("node", node)
            .child(
                Element.of("affiliation", Namespaces.PUBSUB_OWNER)
                    .attribute("jid", reader.toString())
                    .attribute("affiliation", "member")
                    .build())
            .build();
    return ask("set", owner(affiliations)).map(iq -> new Done());
  }

  private static Element owner(Element content) {
    return Element.of("pubsub", Namespaces.PUBSUB_OWNER).child(content).build();
  }

  private static Element field(String name, String value, Optional<String> type) {
    return Element.of("field", Namespaces.DATA_FORMS)
        .attribute("var", name)
        .attribute("type", type)
        .child("value", value)
        .build();
  }

  private Answer<Element> ask(String type, Element payload) {
    return link.askPrivileged(account, type, payload);
  }
}
