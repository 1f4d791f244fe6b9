package im.tombolo.core.fake;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.xml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * XMPP servers with pubsub nodes, seen by a stranger. It tells nothing by itself: events are for
 * the test to send. Safe for any thread.
 */
public final class FakeXmppNetwork implements XmppNetwork {
  private static final Runnable NOTHING = () -> {};

  private final Map<Address, Node> nodes = new HashMap<>();
  private final Map<Jid, List<String>> identities = new ConcurrentHashMap<>();
  private final Map<Jid, Element> vcards = new ConcurrentHashMap<>();
  private final Map<Address, NodeMetadata> titles = new ConcurrentHashMap<>();
  private final Map<Address, Map<Jid, Affiliation>> affiliations = new ConcurrentHashMap<>();
  private final Set<Jid> silent = ConcurrentHashMap.newKeySet();
  private final Set<Jid> broken = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(NOTHING);
  private volatile boolean connected = true;
  private volatile boolean newestFirst;
  private volatile boolean onlyOwnersRetract;
  private final Set<Jid> lent = ConcurrentHashMap.newKeySet();
  private final Map<Address, Map<String, String>> configurations = new ConcurrentHashMap<>();

  private record Address(Jid service, String node) {}

  /** What a node holds, oldest first. */
  private static final class Node {
    private boolean closed;
    private boolean welcoming;
    private int maxItems = Integer.MAX_VALUE;
    private final List<Item> items = new ArrayList<>();
  }

  /** Makes a node that strangers may read, or opens it to them. */
  public synchronized void opens(Jid service, String node) {
    node(service, node).closed = false;
  }

  /** Makes a node that strangers may read, and publish in. */
  public synchronized void welcomes(Jid service, String node) {
    opens(service, node);
    node(service, node).welcoming = true;
  }

  /** Only its publishers may publish in a node from now on. */
  public synchronized void reserves(Jid service, String node) {
    node(service, node).welcoming = false;
  }

  /** What a node holds, oldest first; empty when there is none. */
  public synchronized List<Item> items(Jid service, String node) {
    return Optional.ofNullable(nodes.get(new Address(service, node)))
        .map(held -> List.copyOf(held.items))
        .orElse(List.of());
  }

  /** As Prosody: who publishes in somebody's node may not take it back. */
  public void letsOnlyOwnersRetract() {
    onlyOwnersRetract = true;
  }

  /** Strangers may not read a node any more. */
  public synchronized void closes(Jid service, String node) {
    node(service, node).closed = true;
  }

  public synchronized void deletes(Jid service, String node) {
    nodes.remove(new Address(service, node));
  }

  /** Puts an item at the end of a node that is there; one with the same id goes. */
  public synchronized void holds(Jid service, String node, Item item) {
    Node held = node(service, node);
    held.items.removeIf(other -> other.id().equals(item.id()));
    held.items.add(item);
    makeRoom(held);
  }

  public synchronized void drops(Jid service, String node, String itemId) {
    node(service, node).items.removeIf(item -> item.id().equals(itemId));
  }

  /** From now on a node holds that many items: its oldest make room. */
  public synchronized void limits(Jid service, String node, int maxItems) {
    Node held = node(service, node);
    held.maxItems = maxItems;
    makeRoom(held);
  }

  /** Lists items as ejabberd with SQL does; others give the oldest first. */
  public void listsNewestFirst() {
    newestFirst = true;
  }

  public void isA(Jid address, String... categoriesAndTypes) {
    identities.put(address, List.of(categoriesAndTypes));
  }

  public void hasVcard(Jid account, Element vcard) {
    vcards.put(account, vcard);
  }

  public void calls(Jid service, String node, String title, String description) {
    titles.put(new Address(service, node), new NodeMetadata(title, description, Map.of()));
  }

  /** A node's metadata name who is in charge of it. */
  public void names(Jid service, String node, Map<Jid, Affiliation> people) {
    titles.put(new Address(service, node), new NodeMetadata("", "", people));
  }

  /** The component owns a node, and is told who may do what in it. */
  public void affiliates(Jid service, String node, Map<Jid, Affiliation> people) {
    affiliations.put(new Address(service, node), Map.copyOf(people));
  }

  /** Publishing at an address meets a fault of ours. */
  public void breaks(Jid address) {
    broken.add(address);
  }

  /** Questions to an address run out of time, until {@link #speaks}. */
  public void isSilent(Jid address) {
    silent.add(address);
  }

  public void speaks(Jid address) {
    silent.remove(address);
  }

  public void disconnects() {
    connected = false;
  }

  /** Happens once, after the next list of items was made and before it arrives. */
  public void meanwhile(Runnable event) {
    meanwhile.set(event);
  }

  /**
   * Every question, in order: {@code items|subscribe|info|title|affiliations|vcard address [node]}.
   */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public void forgetsQuestions() {
    asked.clear();
  }

  @Override
  public boolean connected() {
    return connected;
  }

  @Override
  public Answer<List<Item>> newestItems(Jid service, String node, int max) {
    asked.add("items " + service + " " + node);
    Answer<List<Item>> answer = read(service, node).map(held -> newest(held, max));
    meanwhile.getAndSet(NOTHING).run();
    return answer;
  }

  @Override
  public Answer<Subscribed> subscribe(Jid service, String node) {
    asked.add("subscribe " + service + " " + node);
    return read(service, node).map(held -> new Subscribed());
  }

  @Override
  public synchronized Answer<Done> publish(Jid as, ItemAddress item, Element payload) {
    asked.add("publish " + item.service() + " " + item.node());
    if (broken.contains(item.service())) {
      throw new IllegalStateException("broken");
    }
    return write(item)
        .map(held -> {
          Item now = new Item(item.id(), Optional.of(as), Optional.of(payload));
          held.items.removeIf(other -> other.id().equals(item.id()));
          held.items.add(now);
          makeRoom(held);
          return new Done();
        });
  }

  @Override
  public synchronized Answer<Done> retract(Jid as, ItemAddress item) {
    asked.add("retract " + item.service() + " " + item.node());
    return onlyOwnersRetract
        ? new Answer.Closed<>()
        : write(item)
            .flatMap(held ->
                held.items.removeIf(other -> other.id().equals(item.id()))
                    ? Answer.got(new Done())
                    : new Answer.Missing<>());
  }

  /** The server lets us ask in the name of an account (XEP-0356). */
  public void lends(Jid account) {
    lent.add(account);
  }

  public void lendsNothing() {
    lent.clear();
  }

  /** A node has that configuration. */
  public void configures(Jid service, String node, Map<String, String> configuration) {
    configurations.put(new Address(service, node), new HashMap<>(configuration));
  }

  public Map<String, String> configurationOf(Jid service, String node) {
    return configurations.getOrDefault(new Address(service, node), Map.of());
  }

  @Override
  public Optional<Privileged> privileged(Jid account) {
    return Optional.of(account).filter(lent::contains).map(Own::new);
  }

  private final class Own implements Privileged {
    private final Jid account;

    private Own(Jid account) {
      this.account = account;
    }

    @Override
    public Answer<List<Item>> newestItems(String node, int max) {
      asked.add("own items " + account + " " + node);
      return own(node).map(held -> newest(held, max));
    }

    @Override
    public Answer<Done> retract(String node, String itemId) {
      asked.add("own retract " + account + " " + node);
      return own(node)
          .flatMap(held ->
              held.items.removeIf(item -> item.id().equals(itemId))
                  ? Answer.got(new Done())
                  : new Answer.Missing<>());
    }

    @Override
    public Answer<Map<String, String>> configuration(String node) {
      asked.add("configuration " + account + " " + node);
      return own(node).map(held -> Map.copyOf(configurationOf(account, node)));
    }

    @Override
    public Answer<Done> configure(String node, Map<String, String> changes) {
      asked.add("configure " + account + " " + node);
      return own(node)
          .map(held -> {
            configurations
                .computeIfAbsent(new Address(account, node), address -> new HashMap<>())
                .putAll(changes);
            return new Done();
          });
    }

    @Override
    public Answer<Done> admit(String node, Jid reader) {
      asked.add("admit " + account + " " + node + " " + reader);
      return own(node).map(held -> new Done());
    }

    private Answer<Node> own(String node) {
      Node held = nodes.get(new Address(account, node));
      return speaking(account, account)
          .flatMap(there -> held == null ? new Answer.Missing<>() : Answer.got(held));
    }
  }

  private Answer<Node> write(ItemAddress item) {
    return read(item.service(), item.node())
        .flatMap(held -> held.welcoming ? Answer.got(held) : new Answer.Closed<>());
  }

  @Override
  public Answer<List<String>> identities(Jid address) {
    asked.add("info " + address);
    return speaking(address, identities.getOrDefault(address, List.of("server/im")));
  }

  @Override
  public Answer<NodeMetadata> metadata(Jid service, String node) {
    asked.add("title " + service + " " + node);
    NodeMetadata none = new NodeMetadata("", "", Map.of());
    return speaking(service, titles.getOrDefault(new Address(service, node), none));
  }

  @Override
  public Answer<Map<Jid, Affiliation>> affiliations(Jid service, String node) {
    asked.add("affiliations " + service + " " + node);
    Map<Jid, Affiliation> told = affiliations.get(new Address(service, node));
    return speaking(service, service)
        .flatMap(there -> told == null ? new Answer.Closed<>() : Answer.got(told));
  }

  @Override
  public Answer<Element> vcardTemp(Jid account) {
    asked.add("vcard " + account);
    Element vcard = vcards.get(account);
    return speaking(account, account)
        .flatMap(speaks -> vcard == null ? new Answer.Missing<>() : Answer.got(vcard));
  }

  private Node node(Jid service, String node) {
    return nodes.computeIfAbsent(new Address(service, node), address -> new Node());
  }

  private static void makeRoom(Node node) {
    while (node.items.size() > node.maxItems) {
      node.items.removeFirst();
    }
  }

  private synchronized List<Item> newest(Node node, int max) {
    List<Item> newest =
        List.copyOf(node.items.subList(Math.max(0, node.items.size() - max), node.items.size()));
    return newestFirst ? newest.reversed() : newest;
  }

  private synchronized Answer<Node> read(Jid service, String node) {
    Optional<Node> held = Optional.ofNullable(nodes.get(new Address(service, node)));
    return speaking(service, held)
        .flatMap(
            found -> found.<Answer<Node>>map(FakeXmppNetwork::open).orElseGet(Answer.Missing::new));
  }

  private static Answer<Node> open(Node node) {
    return node.closed ? new Answer.Closed<>() : Answer.got(node);
  }

  private <T> Answer<T> speaking(Jid address, T answer) {
    return connected && !silent.contains(address)
        ? Answer.got(answer)
        : new Answer.Unavailable<>("no answer");
  }
}
