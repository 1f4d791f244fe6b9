package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.COMMENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A post of romeo's with a room for comments, and what happens in it. */
abstract class Room {
  static final Jid ROMEO = Jid.of("romeo@example.org");
  static final Jid JULIET = Jid.of("juliet@example.org");
  static final Jid STRANGER = Jid.of("iago@elsewhere.example");
  static final Peer ADA = Peer.of("ada", "social.example");
  static final Peer BOB = Peer.of("bob", "other.example");
  static final Peer EVE = Peer.of("eve", "third.example");
  static final NodeAddress NODE = new NodeAddress(ROMEO, COMMENTS + "1");

  @RegisterExtension final Flows flows = new Flows();
  URI post;

  @BeforeEach
  void romeoHasAPostWithARoomForComments() {
    BOB.joins(flows.fediverse());
    EVE.joins(flows.fediverse());
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.xmpp().welcomes(ROMEO, NODE.node());
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(ROMEO, entry("1", "<link rel='replies' href='" + NODE.uri() + "'/>"));
    post = URI.create(flows.sent().getLast().text("/object/id"));
    flows.xmpp().forgetsQuestions();
  }

  Item entry(String id, String more) {
    return Entries.with(id, "<title>Soft</title><updated>" + flows.now() + "</updated>" + more);
  }

  static Item comment(String id, Jid by, String text, String more) {
    Item item =
        Entries.with(
            id, "<title>" + text + "</title><updated>2026-01-02T10:05:00Z</updated>" + more);
    return new Item(id, Optional.of(by), item.payload());
  }

  void comments(Item item) {
    flows.xmpp().holds(ROMEO, NODE.node(), item);
    flows.reconciler().event(ROMEO, NODE.node(), List.of(item), List.of());
  }

  List<Item> shown() {
    return flows.xmpp().items(ROMEO, NODE.node());
  }

  static String title(Item item) {
    return item.payload().orElseThrow().children("title", ATOM).getLast().text();
  }

  void replies(Peer who, String name, String text, URI parent) {
    flows.receives(who.creates("c" + name, who.reply(name, text, flows.now(), parent)), who);
    flows.publish();
  }

  RemoteActor actor(Peer peer) {
    return flows.timelines().actor(flows.virtual(peer)).value().orElseThrow();
  }

  List<Posting> virtualComments(Peer author, URI parent) {
    return flows
        .discussions()
        .comments(actor(author), flows.virtual(author), JULIET, Ids.itemId(parent))
        .value()
        .orElseThrow();
  }

  static List<String> texts(List<Posting> postings) {
    return postings.stream().map(p -> p.content().body().toPlainText()).toList();
  }
}
