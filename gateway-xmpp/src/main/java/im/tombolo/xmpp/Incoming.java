package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.PresenceBridge.Reply;
import im.tombolo.core.bridge.Reconciler;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.xmpp.service.IqReply;
import im.tombolo.xmpp.service.IqRequest;
import im.tombolo.xmpp.service.VirtualService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * What arrives on the link and is no answer: questions to our JIDs, and what pubsub services tell.
 * Each is worked on in its sender's lane, so that the link goes on being read.
 */
public final class Incoming implements Consumer<Element> {
  private static final int QUESTIONS_OF_ONE = 100;
  // As many as people write in the time that a slow fediverse server takes.
  private static final int MESSAGES_OF_ONE = 10;

  private final ComponentLink link;
  private final VirtualService service;
  private final Reconciler reconciler;
  private final Lanes questions;
  private final Lanes events;
  private final Lanes chats;
  private final Conversations conversations;

  public Incoming(
      ComponentLink link, VirtualService service, Reconciler reconciler, Executor executor) {
    this.link = link;
    this.service = service;
    this.reconciler = reconciler;
    int total = link.limits().workQueue();
    this.questions = new Lanes(executor, total, QUESTIONS_OF_ONE);
    this.chats = new Lanes(executor, total, MESSAGES_OF_ONE);
    this.events = new Lanes(executor, total, total);
    this.conversations = new Conversations(link, service, chats);
  }

  @Override
  public void accept(Element stanza) {
    Optional<Jid> from = stanza.attribute("from").flatMap(Jid::parse);
    Optional<Jid> to = stanza.attribute("to").flatMap(Jid::parse);
    if (from.isEmpty() || to.isEmpty()) {
      if (StanzaErrors.isQuestion(stanza) && stanza.attribute("from").isPresent()) {
        refuse(stanza, Condition.jid_malformed);
      }
      return;
    }
    switch (stanza.name()) {
      case "iq" -> question(stanza, from.get(), to.get());
      case "message" -> message(stanza, from.get(), to.get());
      case "presence" -> presence(stanza, from.get(), to.get());
      default -> {}
    }
  }

  private void question(Element iq, Jid from, Jid to) {
    String type = iq.attributeOr("type", "");
    // RFC 6120 §8.2.3: one payload, neither none nor two.
    if (!(type.equals("get") || type.equals("set")) || iq.elements().size() != 1) {
      refuse(iq, Condition.bad_request);
      return;
    }
    IqRequest request = new IqRequest(from, to, type.equals("set"), iq.elements().getFirst());
    if (!questions.offer(sender(from), from + " " + to, () -> answer(iq, request))) {
      refuse(iq, Condition.resource_constraint);
    }
  }

  /** People here each; of domains that we do not serve all people together. */
  private String sender(Jid from) {
    return link.serves(from) ? from.bare().toString() : from.domain();
  }

  private void answer(Element iq, IqRequest request) {
    IqReply reply;
    try {
      reply = service.answer(request);
    } catch (RuntimeException failed) {
      refuse(iq, Condition.internal_server_error);
      throw failed;
    }
    switch (reply) {
      case IqReply.Result(Optional<Element> payload) ->
          link.send(StanzaErrors.answer(iq, "result").child(payload).build());
      case IqReply.Refused(Condition condition, Optional<Element> detail) ->
          link.send(StanzaErrors.refusal(iq, condition, detail));
    }
  }

  /** Who is online and who is not is nothing that we need. */
  private void presence(Element presence, Jid from, Jid to) {
    String type = presence.attributeOr("type", "");
    String lane = from.bare() + " " + to.bare();
    Runnable work = () -> present(presence, service.presence(type, from, to));
    switch (type) {
      case "subscribe" -> {
        if (!questions.offer(sender(from), lane, work)) {
          refuse(presence, Condition.resource_constraint);
        }
      }
      case "unsubscribe", "unsubscribed" -> questions.put(lane, work);
      case "probe" -> questions.offer(sender(from), lane, work);
      default -> {}
    }
  }

  private void present(Element presence, Reply reply) {
    switch (reply) {
      case NOTHING -> {}
      case AVAILABLE -> link.send(StanzaErrors.answer(presence, Optional.empty()).build());
      case UNSUBSCRIBED -> link.send(StanzaErrors.answer(presence, "unsubscribed").build());
      case LATER -> refuse(presence, Condition.remote_server_timeout);
    }
  }

  private void message(Element message, Jid from, Jid to) {
    Optional<Element> event = message.child("event", Namespaces.PUBSUB_EVENT);
    if (event.isPresent()) {
      // Services speak by bare addresses; a full one is some client's, which may tell anything.
      if (from.isBare() && !message.attributeOr("type", "").equals("error")) {
        events.put(from.toString(), () -> event(from, event.get()));
      }
      return;
    }
    switch (message.attributeOr("type", "normal")) {
      case "error", "headline" -> {}
      // There are no rooms here (RFC 6121 §8.5.2.1.1).
      case "groupchat" -> refuse(message, Condition.service_unavailable);
      default -> said(message, from, to);
    }
  }

  /** A message that names its readers is for them, also when it came to the gateway. */
  private void said(Element message, Jid from, Jid to) {
    if (!to.isDomain() || message.child("addresses", Namespaces.ADDRESS).isPresent()) {
      conversations.said(message, from, to);
    } else if (message.child("body", Namespaces.JABBER_CLIENT).isPresent()) {
      chat(message, from);
    }
  }

  /** Services and gateways get no answer: they might answer in turn, for ever. */
  private void chat(Element message, Jid from) {
    if (from.isDomain() || from.domain().equals(link.self().domain())) {
      return;
    }
    String words = message.child("body", Namespaces.JABBER_CLIENT).orElseThrow().text();
    if (!chats.offer(from.bare().toString(), () -> say(message, service.chat(from, words)))) {
      refuse(message, Condition.resource_constraint);
    }
  }

  private void say(Element message, String words) {
    String type = message.attributeOr("type", "normal");
    link.send(StanzaErrors.answer(message, type).child("body", words).build());
  }

  private void event(Jid from, Element event) {
    for (Element change : event.elements()) {
      Optional<String> node = change.attribute("node");
      if (node.isEmpty()) {
        continue;
      }
      if (change.name().equals("items")) {
        List<Item> items =
            change.children("item", Namespaces.PUBSUB_EVENT).stream().map(Network::item).toList();
        List<String> retracted =
            change.children("retract", Namespaces.PUBSUB_EVENT).stream()
                .flatMap(item -> item.attribute("id").stream())
                .toList();
        reconciler.event(from, node.get(), items, retracted);
      } else {
        reconciler.nodeChanged(from, node.get());
      }
    }
  }

  private void refuse(Element stanza, Condition condition) {
    link.send(StanzaErrors.refusal(stanza, condition, Optional.empty()));
  }
}
