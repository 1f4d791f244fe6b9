package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.MessageBridge;
import im.tombolo.core.bridge.MessageBridge.Outcome;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.PresenceBridge.Reply;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * Answers every question to a JID of ours, and presence. Blocks while a fediverse server is asked.
 * Any thread.
 */
public final class VirtualService {
  private final TimelineBridge timelines;
  private final Commands.Desk votes;
  private final Commands.Desk own;
  private final Chat chat;
  private final Registration registration;
  private final Disco disco;
  private final PubsubRequests pubsub;
  private final GatewayPrompt prompt;
  private final PresenceBridge presences;
  private final MessageBridge messages;

  public VirtualService(Bridges bridges, VirtualJids virtual) {
    this.timelines = bridges.timelines();
    this.votes = new VoteDesk(bridges.timelines(), bridges.polls());
    PersonalBridges personal = bridges.personal();
    Predicate<Jid> isServed = personal.addresses()::serves;
    PollOrders polls = new PollOrders(bridges.polls(), personal.votes());
    List<Order> orders = orders(bridges, polls);
    this.own = new Desks(List.of(new OrderDesk(orders, isServed), new PollDesk(bridges.polls())));
    this.registration =
        new Registration(personal.membership(), request -> isServed.test(request.from()));
    this.chat =
        new Chat(Stream.of(orders, polls.inChat()).flatMap(List::stream).toList(), isServed);
    this.pubsub = new PubsubRequests(bridges);
    this.disco = new Disco(bridges.timelines(), votes, own, pubsub);
    this.prompt = new GatewayPrompt(virtual);
    this.presences = bridges.presences();
    this.messages = bridges.messages();
  }

  /** What the gateway can be told, by forms and in a chat. */
  private static List<Order> orders(Bridges bridges, PollOrders polls) {
    PersonalBridges personal = bridges.personal();
    AddressBridge addresses = personal.addresses();
    LocalAccounts accounts = personal.accounts();
    return Stream.of(
            new AddressOrders(addresses, accounts).all(),
            new FollowOrders(addresses, accounts, bridges.subscriptions()).all(),
            polls.all(),
            new EventOrders(personal.events()).all(),
            new ApprovalOrders(addresses, personal.approvals()).all(),
            new ClosedBlogOrders(personal.closedBlogs()).all(),
            new BlockOrders(personal.blocks()).all(),
            new FlagOrders(personal.flags()).all(),
            new CommunityOrders(personal.moderation()).all(),
            new ReportOrders(personal.reports()).all(),
            new NoticeOrders(personal.notices()).all(),
            new ExportOrders(personal.exports()).all(),
            new MembershipOrders(personal.membership()).all())
        .flatMap(List::stream)
        .toList();
  }

  /** Answers a message to the gateway itself. */
  public String chat(Jid from, String message) {
    return chat.answer(from, message);
  }

  /** Passes on what somebody wrote to people of the fediverse. */
  public Outcome message(Jid from, Jid to, ChatMessage message) {
    return messages.said(from, to, message);
  }

  public IqReply answer(IqRequest request) {
    return NodeSpelling.bridge(request, this::canonical);
  }

  private IqReply canonical(IqRequest request) {
    if (!isWellNamed(request.payload())) {
      return IqReply.refused(Condition.bad_request);
    }
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
      case Namespaces.PUBSUB_OWNER -> OwnerRequests.answer(request);
      case Namespaces.VCARD_TEMP -> vcard(request);
      case Namespaces.COMMANDS -> Commands.answer(request, votes);
      default -> IqReply.refused(Condition.service_unavailable);
    };
  }

  /** Whether the element is the one that its namespace is for. */
  private static boolean isWellNamed(Element payload) {
    String name =
        switch (payload.namespace()) {
          case Namespaces.DISCO_INFO,
              Namespaces.DISCO_ITEMS,
              Namespaces.REGISTER,
              Namespaces.GATEWAY ->
              "query";
          case Namespaces.PUBSUB, Namespaces.PUBSUB_OWNER -> "pubsub";
          case Namespaces.VCARD_TEMP -> "vCard";
          default -> payload.name();
        };
    return payload.name().equals(name);
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
      case Namespaces.REGISTER -> registration.answer(request);
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
