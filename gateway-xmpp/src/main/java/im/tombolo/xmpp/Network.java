package im.tombolo.xmpp;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * Questions over the component link, in the name of the component's own JID; items are read as
 * somebody whom nobody knows.
 */
public final class Network implements XmppNetwork {
  // Reads nodes: ejabberd shows a closed node to its subscribers, which the component itself is.
  private static final String STRANGER = "stranger";

  /** Owners, publishers and others of one node. */
  private static final int MAX_PEOPLE = 1_000;

  private final ComponentLink link;
  private final Jid stranger;

  public Network(ComponentLink link) {
    this.link = link;
    this.stranger = Jid.of(STRANGER + "@" + link.self());
  }

  @Override
  public boolean connected() {
    return link.connected();
  }

  @Override
  public Answer<List<Item>> newestItems(Jid service, String node, int max) {
    return link.askAs(stranger, service, "get", pubsub(newest(node, max)))
        .map(iq -> items(iq, max));
  }

  static Element newest(String node, int max) {
    return Element.of("items", Namespaces.PUBSUB)
        .attribute("node", node)
        .attribute("max_items", Integer.toString(max))
        .build();
  }

  static List<Item> items(Element iq, int max) {
    return iq.child("pubsub", Namespaces.PUBSUB)
        .flatMap(pubsub -> pubsub.child("items", Namespaces.PUBSUB))
        .map(found ->
            found.children("item", Namespaces.PUBSUB).stream()
                .map(Network::item)
                // libervia-pubsub and old services may send more than was asked for
                .limit(max)
                .toList())
        .orElse(List.of());
  }

  static Item item(Element item) {
    return new Item(
        item.attributeOr("id", ""),
        item.attribute("publisher").flatMap(Jid::parse),
        item.elements().stream().findFirst());
  }

  @Override
  public Answer<Subscribed> subscribe(Jid service, String node) {
    Element subscribe =
        Element.of("subscribe", Namespaces.PUBSUB)
            .attribute("node", node)
            .attribute("jid", link.self().toString())
            .build();
    return link.ask(service, "set", pubsub(subscribe)).map(iq -> new Subscribed());
  }

  @Override
  public Answer<Done> publish(Jid as, ItemAddress item, Element payload) {
    Element publish =
        Element.of("publish", Namespaces.PUBSUB)
            .attribute("node", item.node())
            .child(
                Element.of("item", Namespaces.PUBSUB)
                    .attribute("id", item.id())
                    .child(payload)
                    .build())
            .build();
    Answer<Done> answer =
        link.askAs(as, item.service(), "set", pubsub(publish)).map(iq -> new Done());
    return isUnwanted(answer) ? new Answer.Closed<>() : answer;
  }

  /** What is too big today is so tomorrow (XEP-0060 §7.1.3.5), and others wait behind it. */
  private static boolean isUnwanted(Answer<Done> answer) {
    return answer instanceof Answer.Unavailable<Done>(String reason)
        && reason.equals(Condition.not_acceptable.toString());
  }

  @Override
  public Answer<Done> retract(Jid as, ItemAddress item) {
    Element retract = retraction(item.node(), item.id());
    return link.askAs(as, item.service(), "set", pubsub(retract)).map(iq -> new Done());
  }

  static Element retraction(String node, String itemId) {
    return Element.of("retract", Namespaces.PUBSUB)
        .attribute("node", node)
        .attribute("notify", "true")
        .child(Element.of("item", Namespaces.PUBSUB).attribute("id", itemId).build())
        .build();
  }

  @Override
  public Optional<Privileged> privileged(Jid account) {
    return link.lends(account)
        ? Optional.of(new PrivilegedAccount(link, account))
        : Optional.empty();
  }

  @Override
  public Answer<List<String>> identities(Jid address) {
    return info(address, Optional.empty())
        .map(info ->
            info.children("identity", Namespaces.DISCO_INFO).stream()
                .map(one -> one.attributeOr("category", "") + "/" + one.attributeOr("type", ""))
                .toList());
  }

  @Override
  public Answer<NodeMetadata> metadata(Jid service, String node) {
    return info(service, Optional.of(node))
        .map(info ->
            new NodeMetadata(
                field(info, "pubsub#title"), field(info, "pubsub#description"), people(info)));
  }

  private static Map<Jid, Affiliation> people(Element info) {
    Map<Jid, Affiliation> people = new LinkedHashMap<>();
    named(info, "pubsub#publisher").forEach(jid -> people.put(jid, Affiliation.PUBLISHER));
    named(info, "pubsub#owner").forEach(jid -> people.put(jid, Affiliation.OWNER));
    return people;
  }

  private static Stream<Jid> named(Element info, String name) {
    return values(info, name)
        .limit(MAX_PEOPLE)
        .flatMap(text -> Jid.parse(text).stream())
        .map(Jid::bare);
  }

  @Override
  public Answer<Map<Jid, Affiliation>> affiliations(Jid service, String node) {
    Element question =
        Element.of("affiliations", Namespaces.PUBSUB_OWNER).attribute("node", node).build();
    return link.ask(
            service, "get", Element.of("pubsub", Namespaces.PUBSUB_OWNER).child(question).build())
        .map(Network::affiliations);
  }

  private static Map<Jid, Affiliation> affiliations(Element iq) {
    Map<Jid, Affiliation> people = new LinkedHashMap<>();
    iq
        .child("pubsub", Namespaces.PUBSUB_OWNER)
        .flatMap(pubsub -> pubsub.child("affiliations", Namespaces.PUBSUB_OWNER))
        .map(all -> all.children("affiliation", Namespaces.PUBSUB_OWNER))
        .orElse(List.of())
        .stream()
        .limit(MAX_PEOPLE)
        .forEach(one ->
            one.attribute("jid")
                .flatMap(Jid::parse)
                .ifPresent(jid ->
                    Affiliation.of(one.attributeOr("affiliation", ""))
                        .ifPresent(affiliation -> people.put(jid.bare(), affiliation))));
    return people;
  }

  @Override
  public Answer<Element> vcardTemp(Jid account) {
    return link.ask(account, "get", Element.of("vCard", Namespaces.VCARD_TEMP).build())
        .flatMap(iq ->
            iq.child("vCard", Namespaces.VCARD_TEMP)
                .<Answer<Element>>map(Answer::got)
                .orElseGet(Answer.Missing::new));
  }

  private Answer<Element> info(Jid address, Optional<String> node) {
    Element query = Element.of("query", Namespaces.DISCO_INFO).attribute("node", node).build();
    return link.ask(address, "get", query)
        .map(iq -> iq.child("query", Namespaces.DISCO_INFO).orElse(query));
  }

  private static String field(Element info, String name) {
    return values(info, name).findFirst().orElse("");
  }

  private static Stream<String> values(Element info, String name) {
    return info.children("x", Namespaces.DATA_FORMS).stream()
        .flatMap(form -> form.children("field", Namespaces.DATA_FORMS).stream())
        .filter(field -> field.attributeOr("var", "").equals(name))
        .flatMap(field -> field.children("value", Namespaces.DATA_FORMS).stream())
        .map(Element::text);
  }

  static Element pubsub(Element content) {
    return Element.of("pubsub", Namespaces.PUBSUB).child(content).build();
  }
}
