package im.tombolo.core.port;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.xml.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions to XMPP servers, asked in the name of JIDs of the component. Every call blocks until
 * the answer is there or the request timed out (a setting), and may be made from any thread; while
 * the link is down it answers {@link Answer.Unavailable} at once.
 */
public interface XmppNetwork {
  /** True while the component link is up. */
  boolean connected();

  /**
   * The newest items of a node (XEP-0060 §6.5), in the service's order, as far as strangers see
   * them: whoever asks is in no roster and subscribed to nothing.
   *
   * @param max how many at most, 1 to 10,000
   */
  Answer<List<Item>> newestItems(Jid service, String node, int max);

  /** Subscribes the component's own JID to a node (XEP-0060 §6.1). Harmless when repeated. */
  Answer<Subscribed> subscribe(Jid service, String node);

  /**
   * Puts an item into a node of somebody else (XEP-0060 §7.1). Harmless when repeated.
   *
   * @param as a JID of the component
   */
  Answer<Done> publish(Jid as, ItemAddress item, Element payload);

  /** Takes an item away again (XEP-0060 §7.2). {@link Answer.Missing} when it is not there. */
  Answer<Done> retract(Jid as, ItemAddress item);

  /** An account's own view of its nodes, where its server lends it to us (XEP-0356). */
  Optional<Privileged> privileged(Jid account);

  /**
   * Questions of an account to its own pubsub service. What the server did not lend us is {@link
   * Answer.Closed}.
   */
  interface Privileged {
    /** As {@link XmppNetwork#newestItems}, whoever may see them. */
    Answer<List<Item>> newestItems(String node, int max);

    Answer<Done> retract(String node, String itemId);

    /** The values of a node's configuration (XEP-0060 §8.2). */
    Answer<Map<String, String>> configuration(String node);

    /** Changes some of them. */
    Answer<Done> configure(String node, Map<String, String> changes);

    /** Lets somebody read and subscribe (XEP-0060 §8.9). */
    Answer<Done> admit(String node, Jid reader);
  }

  /** {@code category/type} of every disco identity of an address (XEP-0030). */
  Answer<List<String>> identities(Jid address);

  /** What a node's metadata form says (XEP-0060 §5.4); empty where not shown. */
  Answer<NodeMetadata> metadata(Jid service, String node);

  /**
   * Who may do what in a node, by bare JID (XEP-0060 §8.9.1). Services tell owners alone: {@link
   * Answer.Closed} where the component is none.
   */
  Answer<Map<Jid, Affiliation>> affiliations(Jid service, String node);

  /** The vcard-temp element of an account (XEP-0054). */
  Answer<Element> vcardTemp(Jid account);

  /**
   * @param id item id
   * @param publisher who put it there, as far as the service says so
   * @param payload the first child element; absent when the item carries none
   */
  record Item(String id, Optional<Jid> publisher, Optional<Element> payload) {
    public Item(String id, Optional<Element> payload) {
      this(id, Optional.empty(), payload);
    }
  }

  /** The node took us as a subscriber. */
  record Subscribed() {}

  /** The service did what it was asked for. */
  record Done() {}

  /**
   * @param people those whom it names, as owners and publishers
   */
  record NodeMetadata(String title, String description, Map<Jid, Affiliation> people) {
    public NodeMetadata {
      people = Map.copyOf(people);
    }
  }
}
