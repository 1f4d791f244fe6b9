package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ChatReader;
import im.tombolo.core.bridge.MessageBridge.Outcome;
import im.tombolo.core.bridge.MessageBridge.Reason;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.xml.Element;
import im.tombolo.xmpp.service.VirtualService;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * What people write to people of the fediverse: in order for each sender. Whoever writes what
 * cannot be sent is told why; services are not, since they might answer in turn.
 */
final class Conversations {
  private final ComponentLink link;
  private final VirtualService service;
  private final Lanes lanes;

  Conversations(ComponentLink link, VirtualService service, Lanes lanes) {
    this.link = link;
    this.service = service;
    this.lanes = lanes;
  }

  void said(Element message, Jid from, Jid to) {
    ChatMessage read = ChatReader.read(message);
    boolean isOfService = from.isDomain() || from.domain().equals(link.self().domain());
    if (read instanceof ChatMessage.Silent || isOfService) {
      return;
    }
    Runnable work = () -> pass(message, from, to, read);
    if (!lanes.offer(from.bare().toString(), work)) {
      refuse(message, Condition.resource_constraint, "You write faster than this can be sent.");
    }
  }

  private void pass(Element message, Jid from, Jid to, ChatMessage read) {
    Outcome outcome;
    try {
      outcome = service.message(from, to, read);
    } catch (RuntimeException failed) {
      refuse(message, Condition.internal_server_error, "This message was not sent.");
      throw failed;
    }
    switch (outcome) {
      case Outcome.Done done -> {}
      case Outcome.Refused(Reason reason, String words) ->
          refuse(message, condition(reason), words);
    }
  }

  private static Condition condition(Reason reason) {
    return switch (reason) {
      case STRANGER -> Condition.not_allowed;
      case NOT_JOINED -> Condition.registration_required;
      case NOT_FOUND -> Condition.item_not_found;
      case LATER -> Condition.remote_server_timeout;
      case TOO_MANY -> Condition.resource_constraint;
      case BLOCKED, TOO_LONG, ENCRYPTED -> Condition.not_acceptable;
      case ABOUT_NOTHING -> Condition.feature_not_implemented;
    };
  }

  private void refuse(Element message, Condition condition, String words) {
    link.send(StanzaErrors.refusal(message, condition, words));
  }
}
