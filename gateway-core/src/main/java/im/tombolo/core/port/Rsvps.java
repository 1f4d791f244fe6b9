package im.tombolo.core.port;

import im.tombolo.core.model.Attendance;
import im.tombolo.core.model.Rsvp;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Who comes to which event, of both networks, and who was invited to events of ours. */
public interface Rsvps {
  /** Answers to one event that are kept; more are not. */
  int MAX_OF_EVENT = 10_000;

  /**
   * Inserts or replaces the answer of one person to one event.
   *
   * @return false when there are too many
   */
  boolean save(Rsvp rsvp);

  Optional<Rsvp> find(URI event, URI actor);

  Optional<Rsvp> findByActivity(URI activity);

  void remove(URI event, URI actor);

  /** Of one event, the first first. */
  List<Rsvp> ofEvent(URI event, Optional<URI> after, int max);

  /** Those of one person, in no order. */
  List<Rsvp> ofActor(URI actor, int max);

  /** All that is kept of an event, invitations too. */
  void removeOf(URI event);

  Attendance count(URI event);

  void invite(URI event, URI actor);

  boolean isInvited(URI event, URI actor);
}
