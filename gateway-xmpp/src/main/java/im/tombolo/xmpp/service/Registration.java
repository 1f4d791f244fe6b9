package im.tombolo.xmpp.service;

import im.tombolo.core.bridge.MembershipBridge;
import im.tombolo.core.bridge.MembershipBridge.Joined;
import im.tombolo.core.bridge.MembershipBridge.Left;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.function.Predicate;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Joining and leaving as registration at a gateway (XEP-0077, XEP-0100 §4.1). */
final class Registration {
  private final MembershipBridge membership;
  private final Predicate<IqRequest> isServed;

  Registration(MembershipBridge membership, Predicate<IqRequest> isServed) {
    this.membership = membership;
    this.isServed = isServed;
  }

  IqReply answer(IqRequest request) {
    if (!isServed.test(request)) {
      return IqReply.refused(Condition.forbidden);
    }
    if (!request.set()) {
      return IqReply.of(form(membership.isMember(request.from())));
    }
    return request.payload().child("remove", Namespaces.REGISTER).isPresent()
        ? IqReply.from(membership.leave(request.from()), Registration::left)
        : IqReply.from(membership.join(request.from()), Registration::joined);
  }

  private static Element form(boolean isMember) {
    Element.Builder query = Element.of("query", Namespaces.REGISTER);
    if (isMember) {
      query.child(Element.of("registered", Namespaces.REGISTER).build());
    }
    return query
        .child(
            "instructions",
            "Registered people are on the fediverse while strangers can read their blogs."
                + " Unregistering deletes there all that they wrote.")
        .build();
  }

  private static IqReply joined(Joined joined) {
    return joined == Joined.NOT_YET
        ? IqReply.refused(Condition.resource_constraint)
        : IqReply.done();
  }

  /** XEP-0077 §3.2: only who is registered can end it. */
  private static IqReply left(Left left) {
    return left == Left.ALREADY ? IqReply.refused(Condition.registration_required) : IqReply.done();
  }
}
