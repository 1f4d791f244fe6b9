package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.PresenceBridge.Reply;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.xml.Namespaces;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * Answers every question to a JID of ours, and presence. Blocks while a fediverse server is asked.
 * Any thread.
 */
public final class VirtualService {
  private final TimelineBridge timelines;
  private final Commands.Desk votes;
  private final Commands.Desk own;
  private final Disco disco;
  private final PubsubRequests pubsub;
  private final GatewayPrompt prompt;
  private final PresenceBridge presences;

  public VirtualService(Bridges bridges, VirtualJids virtual) {
    this.timelines = bridges.timelines();
    this.votes = new VoteDesk(bridges.timelines(), bridges.polls());
    this.own = new PollDesk(bridges.polls());
    this.disco = new Disco(bridges.timelines(), votes, own);
    this.pubsub = new PubsubRequests(bridges);
    this.prompt = new GatewayPrompt(virtual);
    this.presences = bridges.presences();
  }

  public IqReply answer(IqRequest request) {
    if (request.is("ping", Namespaces.PING)) {
      return IqReply.done();
    }
    if (request.to().isDomain()) {
      return gateway(request);
    }
    return switch (request.payload().namespace()) {
      case Namespaces.DISCO_INFO -> disco.info(request);
      case Namespaces.DISCO_ITEMS -> disco.items(request);
      case Namespaces.PUBSUB -> pubsub.answer(request);
      case Namespaces.PUBSUB_OWNER -> IqReply.refused(Condition.forbidden);
      case Namespaces.VCARD_TEMP -> vcard(request);
      case Namespaces.COMMANDS -> Commands.answer(request, votes);
      default -> IqReply.refused(Condition.service_unavailable);
    };
  }

  /** What to say to presence of that type at once. */
  public Reply presence(String type, Jid from, Jid to) {
    return switch (type) {
      case "subscribe" -> presences.subscribe(to, from);
      case "unsubscribe", "unsubscribed" -> presences.unsubscribe(to, from);
      case "probe" -> presences.probe(to, from);
      default -> Reply.NOTHING;
    };
  }

  private IqReply gateway(IqRequest request) {
    return switch (request.payload().namespace()) {
      case Namespaces.DISCO_INFO -> disco.gatewayInfo(request);
      case Namespaces.DISCO_ITEMS -> disco.gatewayItems(request);
      case Namespaces.GATEWAY -> prompt.answer(request);
      case Namespaces.COMMANDS -> Commands.answer(request, own);
      case Namespaces.PUBSUB -> IqReply.refused(Condition.item_not_found);
      case Namespaces.PUBSUB_OWNER -> IqReply.refused(Condition.forbidden);
      default -> IqReply.refused(Condition.service_unavailable);
    };
  }

  private IqReply vcard(IqRequest request) {
    return request.set()
        ? IqReply.refused(Condition.forbidden)
        : IqReply.from(
            timelines.actor(request.to()),
            actor -> IqReply.of(VCards.vcardTemp(actor, timelines.avatar(actor))));
  }
}
