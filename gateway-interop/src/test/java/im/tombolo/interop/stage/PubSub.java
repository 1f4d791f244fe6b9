package im.tombolo.interop.stage;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * XEP-0060 requests of one user to one service. Replies are returned as they came, errors too,
 * except where a method says that it insists on success.
 */
public final class PubSub {
  private static final String NS = "http://jabber.org/protocol/pubsub";

  private final SlixmppClient client;
  private final String jid;

  PubSub(SlixmppClient client, String jid) {
    this.client = client;
    this.jid = jid;
  }

  /** Publishes and insists on success. */
  public void publish(String node, String id, String payload) {
    insist(
        set("<publish node='%s'><item id='%s'>%s</item></publish>".formatted(node, id, payload)));
  }

  /** Publishes for everybody's eyes, as clients do with a public profile; insists on success. */
  public void publishOpen(String node, String id, String payload) {
    String options = form("publish-options", Map.of("pubsub#access_model", "open"));
    insist(
        set(
            "<publish node='%s'><item id='%s'>%s</item></publish><publish-options>%s</publish-options>"
                .formatted(node, id, payload, options)));
  }

  /** {@code notify} false is what some clients do: Prosody then sends no event. */
  public void retract(String node, String id, boolean notify) {
    String attribute = notify ? " notify='true'" : "";
    insist(set("<retract node='%s'%s><item id='%s'/></retract>".formatted(node, attribute, id)));
  }

  /** Creates {@code node} with these fields of its configuration, and insists on success. */
  public void create(String node, Map<String, String> fields) {
    insist(
        set(
            "<create node='%s'/><configure>%s</configure>"
                .formatted(node, form("node_config", fields))));
  }

  /** Changes the configuration and insists on success. */
  public void configure(String node, Map<String, String> fields) {
    insist(
        owner("<configure node='%s'>%s</configure>".formatted(node, form("node_config", fields))));
  }

  /** The owner's form. */
  public Xml configuration(String node) {
    return client.iq("get", jid, wrapped(NS + "#owner", "<configure node='%s'/>".formatted(node)));
  }

  public Xml delete(String node) {
    return owner("<delete node='%s'/>".formatted(node));
  }

  /** All items. */
  public Xml items(String node) {
    return get("<items node='%s'/>".formatted(node));
  }

  public Xml item(String node, String id) {
    return get("<items node='%s'><item id='%s'/></items>".formatted(node, id));
  }

  /** The newest {@code max} items, as clients without XEP-0059 ask. */
  public Xml newest(String node, int max) {
    return get("<items node='%s' max_items='%d'/>".formatted(node, max));
  }

  /**
   * One page by XEP-0059.
   *
   * @param where {@code ""} for the first page, {@code "<before/>"} for the last, or before or
   *     after with an id
   */
  public Xml page(String node, int max, String where) {
    return get(
        "<items node='%s'/><set xmlns='http://jabber.org/protocol/rsm'><max>%d</max>%s</set>"
            .formatted(node, max, where));
  }

  public Xml subscribe(String node) {
    return set("<subscribe node='%s' jid='%s'/>".formatted(node, client.bareJid()));
  }

  public Xml unsubscribe(String node) {
    return set("<unsubscribe node='%s' jid='%s'/>".formatted(node, client.bareJid()));
  }

  /** The requester's own subscriptions. */
  public Xml subscriptions() {
    return get("<subscriptions/>");
  }

  private Xml get(String content) {
    return client.iq("get", jid, wrapped(NS, content));
  }

  private Xml set(String content) {
    return client.iq("set", jid, wrapped(NS, content));
  }

  private Xml owner(String content) {
    return client.iq("set", jid, wrapped(NS + "#owner", content));
  }

  private static String wrapped(String namespace, String content) {
    return "<pubsub xmlns='%s'>%s</pubsub>".formatted(namespace, content);
  }

  private static String form(String kind, Map<String, String> fields) {
    String lines =
        fields.entrySet().stream()
            .map(f ->
                "<field var='%s'><value>%s</value></field>".formatted(f.getKey(), f.getValue()))
            .collect(Collectors.joining());
    return "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>"
        + NS
        + "#"
        + kind
        + "</value></field>"
        + lines
        + "</x>";
  }

  private static void insist(Xml reply) {
    if (!List.of("result").equals(reply.texts("/c:iq/@type"))) {
      throw new StageException("refused: " + reply);
    }
  }
}
