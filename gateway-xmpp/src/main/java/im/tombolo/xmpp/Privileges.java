package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the XMPP server lets us ask in the name of its people (XEP-0356 §6), for the time of one
 * stream. Only served domains grant something, and each for its own people. Any thread.
 */
final class Privileges {
  private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);
  private static final Set<String> VERSIONS = Set.of(Namespaces.PRIVILEGE, Namespaces.PRIVILEGE_1);

  private final List<Jid> domains;
  private final ConcurrentMap<String, Grant> grants = new ConcurrentHashMap<>();
  private final AtomicLong counter = new AtomicLong();

  Privileges(List<Jid> domains) {
    this.domains = domains;
  }

  /**
   * @param version namespace that the server speaks
   * @param iq by namespace of a payload: get, set or both
   */
  private record Grant(String version, Map<String, String> iq) {
    boolean allows(String namespace, String type) {
      String granted = iq.getOrDefault(namespace, "none");
      return granted.equals("both") || granted.equals(type);
    }
  }

  /** Domain and namespace of what may be both asked and changed, in order. */
  List<String> list() {
    return grants.entrySet().stream()
        .flatMap(grant ->
            grant.getValue().iq().keySet().stream()
                .filter(namespace -> grant.getValue().allows(namespace, "get"))
                .filter(namespace -> grant.getValue().allows(namespace, "set"))
                .map(namespace -> grant.getKey() + " " + namespace))
        .sorted()
        .toList();
  }

  /** A new stream: the server tells anew. */
  void forget() {
    grants.clear();
  }

  /** True when a stanza was about privileges, whoever sent it. */
  boolean take(Element stanza) {
    Optional<Element> privilege =
        stanza.name().equals("message")
            ? stanza.elements().stream().filter(Privileges::isPrivilege).findFirst()
            : Optional.empty();
    privilege.ifPresent(told ->
        stanza
            .attribute("from")
            .flatMap(Jid::parse)
            .filter(domains::contains)
            .ifPresent(domain -> grant(domain, told)));
    return privilege.isPresent();
  }

  private static boolean isPrivilege(Element child) {
    return child.name().equals("privilege") && VERSIONS.contains(child.namespace());
  }

  private void grant(Jid domain, Element told) {
    Map<String, String> iq = new HashMap<>();
    told.children("perm", told.namespace()).stream()
        .filter(perm -> perm.attributeOr("access", "").equals("iq"))
        .flatMap(Privileges::namespaces)
        .forEach(one -> iq.put(one.attributeOr("ns", ""), one.attributeOr("type", "")));
    grants.put(domain.domain(), new Grant(told.namespace(), Map.copyOf(iq)));
    LOG.info(
        "{} lets the gateway ask in the name of its people: {}",
        domain,
        iq.isEmpty() ? "nothing that is used" : iq.keySet());
  }

  /** Prosody's module writes them into one another. */
  private static Stream<Element> namespaces(Element above) {
    return above.elements().stream()
        .filter(child -> child.name().equals("namespace"))
        .flatMap(child -> Stream.concat(Stream.of(child), namespaces(child)));
  }

  /**
   * @param type get or set
   */
  boolean allow(Jid account, String namespace, String type) {
    return Optional.ofNullable(grants.get(account.domain()))
        .filter(grant -> !account.isDomain() && grant.allows(namespace, type))
        .isPresent();
  }

  /** The payload of a question to an account, to be asked in its own name. */
  Element wrap(Jid account, String type, Element payload) {
    String version =
        Optional.ofNullable(grants.get(account.domain()))
            .map(Grant::version)
            .orElse(Namespaces.PRIVILEGE);
    Element inner =
        Element.of("iq", Namespaces.JABBER_CLIENT)
            .attribute("type", type)
            .attribute("id", "p" + counter.incrementAndGet())
            .attribute("to", account.toString())
            .child(payload)
            .build();
    return Element.of("privileged_iq", version).child(inner).build();
  }

  /** What is inside an answer: a result, or what its error means. */
  static Answer<Element> unwrap(Element outer) {
    return outer.elements().stream()
        .filter(Privileges::isPrivilege)
        .flatMap(told -> told.children("forwarded", Namespaces.FORWARD).stream())
        .flatMap(forwarded -> forwarded.children("iq", Namespaces.JABBER_CLIENT).stream())
        .findFirst()
        .map(iq ->
            iq.attributeOr("type", "").equals("result")
                ? Answer.got(iq)
                : StanzaErrors.<Element>meaning(iq))
        .orElseGet(() -> new Answer.Unavailable<>("an answer without its inside"));
  }
}
