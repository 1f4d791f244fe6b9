package im.tombolo.core.bridge;

import im.tombolo.core.atom.ReactionItems;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * All that one person attaches to one post.
 *
 * @param rsvp whether they come, where it is an event
 */
record Attachments(List<Reaction> reactions, Optional<Rsvp> rsvp) {
  static final Attachments NONE = new Attachments(List.of(), Optional.empty());

  static Attachments of(Session session, URI post, URI actor) {
    return new Attachments(
        session.reactions().of(post, actor),
        session.rsvps().find(post, actor).filter(Attachments::isShown));
  }

  /** Everybody's, those who reacted first. */
  static SequencedMap<URI, Attachments> all(Session session, URI post, int max) {
    SequencedMap<URI, Attachments> all = new LinkedHashMap<>();
    session
        .reactions()
        .ofPost(post, max)
        .forEach(one -> all.merge(one.actor(), of(one), Attachments::and));
    session.rsvps().ofEvent(post, Optional.empty(), max).stream()
        .filter(Attachments::isShown)
        .forEach(one ->
            all.merge(one.actor(), new Attachments(List.of(), Optional.of(one)), Attachments::and));
    return all;
  }

  private static Attachments of(Reaction one) {
    return new Attachments(List.of(one), Optional.empty());
  }

  private Attachments and(Attachments more) {
    return new Attachments(
        Stream.concat(reactions.stream(), more.reactions.stream()).toList(),
        more.rsvp.or(() -> rsvp));
  }

  /** Who was turned away is nobody else's business. */
  private static boolean isShown(Rsvp rsvp) {
    return rsvp.state() != Rsvp.State.REJECTED;
  }

  boolean isEmpty() {
    return reactions.isEmpty() && rsvp.isEmpty();
  }

  Element payload() {
    return ReactionItems.attachments(reactions, rsvp);
  }
}
