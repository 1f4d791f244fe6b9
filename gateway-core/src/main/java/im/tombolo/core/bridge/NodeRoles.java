package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.NodeMetadata;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who owns and moderates the nodes that are communities, and who is cast out: of the fediverse
 * those are told, and followers are (FEP-1b12). A service tells all of it where the gateway's own
 * JID owns the node; else what it shows to anybody counts. Blocking.
 */
final class NodeRoles {
  private final Store store;
  private final XmppNetwork network;
  private final BridgeSettings settings;
  private final Announcements announcements;
  private final FollowAnswers follows;

  NodeRoles(Store store, XmppNetwork network, BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.settings = settings;
    this.announcements = new Announcements(settings);
    this.follows = new FollowAnswers(settings);
  }

  /** Asks the node's service, and keeps what it says. */
  void compare(Account account, LocalAccounts.BlogNode node) {
    if (node.kind() != ActorKind.GROUP) {
      return;
    }
    switch (network.affiliations(node.service(), node.node())) {
      case Answer.Got<Map<Jid, Affiliation>>(Map<Jid, Affiliation> all) -> save(account, all);
      case Answer.Unavailable<Map<Jid, Affiliation>> unknown -> {}
      case Answer<Map<Jid, Affiliation>> untold ->
          network
              .metadata(node.service(), node.node())
              .value()
              .map(NodeMetadata::people)
              .ifPresent(shown -> saveShown(account, shown));
    }
  }

  private void save(Account account, Map<Jid, Affiliation> all) {
    Jid community = account.address();
    store.inTransaction(session -> {
      Set<Jid> before = outcasts(session.decisions().affiliations(community));
      Set<Jid> now = outcasts(all);
      session.decisions().saveAffiliations(community, all);
      now.stream()
          .filter(who -> !before.contains(who))
          .forEach(who -> actor(session, who).ifPresent(one -> castOut(session, community, one)));
      before.stream()
          .filter(who -> !now.contains(who))
          .forEach(who -> actor(session, who).ifPresent(one -> letIn(session, community, one)));
      return true;
    });
  }

  /** Nobody shows who is cast out: those stay so. */
  private void saveShown(Account account, Map<Jid, Affiliation> shown) {
    store.inTransaction(session -> {
      Map<Jid, Affiliation> all = new LinkedHashMap<>(shown);
      outcasts(session.decisions().affiliations(account.address()))
          .forEach(who -> all.put(who, Affiliation.OUTCAST));
      session.decisions().saveAffiliations(account.address(), all);
      return true;
    });
  }

  private static Set<Jid> outcasts(Map<Jid, Affiliation> all) {
    return all.entrySet().stream()
        .filter(one -> one.getValue() == Affiliation.OUTCAST)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Optional<RemoteActor> actor(Session session, Jid who) {
    return settings.virtual().handle(who).flatMap(session.remoteActors()::findByHandle);
  }

  /** An outcast may not read either (XEP-0060 §4.1). */
  private void castOut(Session session, Jid community, RemoteActor who) {
    URI id = who.id();
    session.blocks().add(community, id.toString());
    session
        .followers()
        .find(community, id)
        .or(() -> session.followRequests().find(community, id))
        .ifPresent(follower -> follows.reject(session, community, follower));
    announcements.ban(session, community, who, settings.clock().instant());
  }

  private void letIn(Session session, Jid community, RemoteActor who) {
    session.blocks().remove(community, who.id().toString());
    announcements.pardon(session, community, who, settings.clock().instant());
  }
}
