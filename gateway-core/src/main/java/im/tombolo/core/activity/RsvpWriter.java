package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes who comes to events, and what organisers say to that (FEP-8a8e, Mobilizon). The id of each
 * activity follows from what it tells.
 */
public final class RsvpWriter {
  private final GatewayUrls urls;

  public RsvpWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /**
   * Somebody wants to come.
   *
   * @param organiser who decides
   * @param message for the organiser
   * @param at tells it from an earlier one
   */
  public Written join(Jid who, URI event, URI organiser, Optional<String> message, Instant at) {
    String key = Ids.key("join", who.toString(), event.toString(), at.toString());
    ObjectNode out = activity(key, "Join", who, organiser).put("object", event.toString());
    message.ifPresent(text -> out.put("participationMessage", text));
    return written(key, out, turn(who.toString(), event, Urgency.USUAL));
  }

  /** Somebody may come: what Friendica and Hubzilla say so. */
  public Written maybe(Jid who, URI event, URI organiser, Instant at) {
    String key = Ids.key("maybe", who.toString(), event.toString(), at.toString());
    ObjectNode out = activity(key, "TentativeAccept", who, organiser);
    return written(
        key, out.put("object", event.toString()), turn(who.toString(), event, Urgency.USUAL));
  }

  /**
   * Somebody does not come after all.
   *
   * @param rsvp what they said before
   */
  public Written leave(Jid who, Rsvp rsvp, URI organiser) {
    String key = Ids.key("leave", rsvp.activity().toString());
    ObjectNode out = activity(key, "Leave", who, organiser);
    return written(
        key,
        out.put("object", rsvp.event().toString()),
        turn(who.toString(), rsvp.event(), Urgency.USUAL));
  }

  /** Embeds the Join. */
  public Written accept(Jid organiser, Rsvp rsvp) {
    return answer("Accept", organiser, rsvp);
  }

  /** Also ends what was accepted before. */
  public Written reject(Jid organiser, Rsvp rsvp) {
    return answer("Reject", organiser, rsvp);
  }

  /** Nobody takes answers to that event; the Join is only named (FEP-8a8e). */
  public Written ignore(Jid organiser, IncomingActivity.Join join) {
    String key = Ids.key("ignore", organiser.toString(), join.id().toString());
    ObjectNode out = activity(key, "Ignore", organiser, join.actor());
    return written(
        key, out.put("object", join.id().toString()), Turn.of(join.id(), Urgency.URGENT));
  }

  private Written answer(String type, Jid organiser, Rsvp rsvp) {
    String key =
        Ids.key(type, organiser.toString(), rsvp.activity().toString(), rsvp.state().name());
    ObjectNode out = activity(key, type, organiser, rsvp.actor());
    out.putObject("object")
        .put("id", rsvp.activity().toString())
        .put("type", "Join")
        .put("actor", rsvp.actor().toString())
        .put("object", rsvp.event().toString());
    return written(key, out, turn(rsvp.actor().toString(), rsvp.event(), Urgency.URGENT));
  }

  /** Asks somebody to come. */
  public Written invite(Jid organiser, URI event, URI guest) {
    String key = Ids.key("invite", event.toString(), guest.toString());
    ObjectNode out = activity(key, "Invite", organiser, guest);
    return written(
        key,
        out.put("object", event.toString()).put("target", guest.toString()),
        Turn.of(guest + " is invited to " + event, Urgency.USUAL).after(Optional.of(event)));
  }

  private ObjectNode activity(String key, String type, Jid account, URI to) {
    ObjectNode out =
        Json.object()
            .put("id", urls.activity(key).toString())
            .put("type", type)
            .put("actor", urls.actor(account).toString());
    out.putArray("to").add(to.toString());
    return out;
  }

  /** What one says of an event, and is answered, goes in order. */
  private static Turn turn(String who, URI event, Urgency urgency) {
    return Turn.of(who + " comes to " + event, urgency);
  }

  private static Written written(String key, ObjectNode out, Turn turn) {
    return new Written(key, Vocabulary.document(out), turn);
  }
}
