package im.tombolo.core.bridge;

import im.tombolo.core.activity.RsvpWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.RsvpItems.Said;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.model.Rsvp.Answer;
import im.tombolo.core.model.Rsvp.State;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Whether people here come to events of the fediverse, and what their organisers say to that. Works
 * inside the caller's transaction.
 */
final class OwnRsvps {
  private final GatewayUrls urls;
  private final InstantSource clock;
  private final RsvpWriter activities;
  private final ReactionNotices notices;
  private final EventNotices told;

  OwnRsvps(BridgeSettings settings) {
    this.urls = settings.urls();
    this.clock = settings.clock();
    this.activities = new RsvpWriter(settings.urls());
    this.notices = new ReactionNotices(settings);
    this.told = new EventNotices(settings);
  }

  /** An answer that says no can be given always. */
  static boolean isPossible(RemotePost post, Optional<Said> said) {
    return said.filter(one -> one.answer() != Answer.NO).isEmpty()
        || post.content()
            .event()
            .map(CalendarEvent::joining)
            // Who does not say how to take part may still take an answer.
            .filter(joining -> joining.mode().isEmpty() || joining.takesAnswers())
            .isPresent();
  }

  /** What somebody says now is all that they say. */
  void replace(Session session, Jid person, RemotePost event, Optional<Said> said) {
    URI actor = urls.actor(person);
    Optional<Rsvp> before = session.rsvps().find(event.id(), actor);
    Optional<Answer> wanted = said.map(Said::answer);
    boolean isSame = wanted.equals(before.map(Rsvp::answer));
    if (isSame || (before.isEmpty() && wanted.equals(Optional.of(Answer.NO)))) {
      return;
    }
    before
        .filter(one -> one.answer() != Answer.NO)
        .ifPresent(
            one -> tell(session, person, event, activities.leave(person, one, event.author())));
    if (wanted.isEmpty()) {
      session.rsvps().remove(event.id(), actor);
    } else {
      give(session, person, event, said.get(), before);
    }
    notices.changed(session, event.id(), actor);
  }

  private void give(
      Session session, Jid person, RemotePost event, Said said, Optional<Rsvp> before) {
    Instant now = clock.instant();
    Optional<Written> activity =
        switch (said.answer()) {
          case YES ->
              Optional.of(activities.join(person, event.id(), event.author(), said.message(), now));
          case MAYBE -> Optional.of(activities.maybe(person, event.id(), event.author(), now));
          case NO -> Optional.empty();
        };
    URI id =
        activity
            .map(written -> urls.activity(written.key()))
            .or(() -> before.map(Rsvp::activity))
            .orElseGet(event::id);
    State state = said.answer() == Answer.YES ? State.ASKED : State.ACCEPTED;
    boolean isKept =
        session
            .rsvps()
            .save(
                new Rsvp(
                    event.id(), urls.actor(person), said.answer(), state, id, said.message(), now));
    if (isKept) {
      CommentBridge.acting(session, person);
      activity.ifPresent(written -> tell(session, person, event, written));
    }
  }

  private static void tell(Session session, Jid person, RemotePost event, Written activity) {
    session
        .remoteActors()
        .find(event.author())
        .map(RemoteActor::endpoints)
        .ifPresent(there -> {
          session
              .activities()
              .add(
                  new Activities.Sent(
                      activity.key(), person, false, activity.json(), activity.turn()));
          session.deliveries().add(activity.key(), there.inbox());
        });
  }

  /**
   * The organiser answers.
   *
   * @param join id of our Join
   * @param by who says so: the author, or who organises it with them
   * @return false when that is no Join of ours
   */
  boolean answered(Session session, Optional<URI> join, URI by, State state) {
    Optional<Rsvp> asked = join.flatMap(session.rsvps()::findByActivity);
    Optional<Jid> person = asked.map(Rsvp::actor).flatMap(urls::account);
    if (asked.isEmpty() || person.isEmpty()) {
      return false;
    }
    session
        .remotePosts()
        .find(asked.get().event())
        .map(kept -> kept.post())
        .filter(post -> isOrganiser(post, by))
        .filter(post -> asked.get().state() != state)
        .ifPresent(post -> {
          session.rsvps().save(asked.get().in(state));
          notices.changed(session, post.id(), asked.get().actor());
          told.answered(session, person.get(), post, state);
        });
    return true;
  }

  private static boolean isOrganiser(RemotePost post, URI actor) {
    return post.author().equals(actor)
        || post.content()
            .event()
            .filter(event -> event.details().organisers().contains(actor))
            .isPresent();
  }

  /**
   * Takes back some of what a person said, who leaves.
   *
   * @return whether there may be more
   */
  boolean forget(Session session, Jid person, int max) {
    List<Rsvp> some = session.rsvps().ofActor(urls.actor(person), max);
    for (Rsvp one : some) {
      session
          .remotePosts()
          .find(one.event())
          .map(kept -> kept.post())
          .ifPresentOrElse(
              post -> replace(session, person, post, Optional.empty()),
              () -> session.rsvps().remove(one.event(), one.actor()));
    }
    return some.size() == max;
  }
}
