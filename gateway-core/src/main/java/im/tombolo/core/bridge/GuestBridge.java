package im.tombolo.core.bridge;

import im.tombolo.core.activity.RsvpWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.CalendarEvent.Status;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.model.Rsvp.State;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** People of the fediverse come to events of ours, and ask ours to come to theirs. */
final class GuestBridge {
  private final Store store;
  private final RemoteSource source;
  private final BridgeSettings settings;
  private final GatewayUrls urls;
  private final InstantSource clock;
  private final Postings postings;
  private final RsvpWriter activities;
  private final ReactionNotices shown;
  private final EventNotices told;

  GuestBridge(Store store, RemoteSource source, BridgeSettings settings) {
    this.store = store;
    this.source = source;
    this.settings = settings;
    this.urls = settings.urls();
    this.clock = settings.clock();
    this.postings = new Postings(settings);
    this.activities = new RsvpWriter(settings.urls());
    this.shown = new ReactionNotices(settings);
    this.told = new EventNotices(settings);
  }

  /** Whether an id is the one of an event of ours. */
  boolean hasEvent(URI id) {
    return store.inTransaction(session -> event(session, id).isPresent());
  }

  private Optional<LocalPost> event(Session session, URI id) {
    return postings
        .local(session, id)
        .filter(post -> post.content().event().isPresent() && post.repeats().isEmpty());
  }

  /** Somebody wants to come. */
  Effect joined(IncomingActivity.Join join) {
    return about(
        join.event(),
        join.actor(),
        (session, found) -> {
          Rsvp asked =
              new Rsvp(
                  join.event(),
                  join.actor(),
                  Rsvp.Answer.YES,
                  State.ASKED,
                  join.id(),
                  join.message(),
                  clock.instant());
          if (found.event().joining().takesAnswers()) {
            decide(session, found, asked);
          } else {
            send(session, found, activities.ignore(found.post().account(), join));
          }
        });
  }

  /** What an event and somebody have to do with each other. */
  private record Found(LocalPost post, RemoteActor guest) {
    CalendarEvent event() {
      return post.content().event().orElseThrow();
    }
  }

  /** Of events that anybody may read, and nobody whom the organiser blocks. */
  private Effect about(URI event, URI actor, BiConsumer<Session, Found> change) {
    if (!hasEvent(event)) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> who = source.actor(actor);
    return who instanceof Answer.Got<RemoteActor>(RemoteActor guest)
        ? Effect.now(session ->
            event(session, event)
                .filter(post -> ReactionBridge.mayRead(session, post, actor))
                .filter(post -> !BlockBridge.blocks(session, post.account(), actor))
                .ifPresent(post -> change.accept(session, new Found(post, guest))))
        : Effect.without(who);
  }

  private void decide(Session session, Found found, Rsvp asked) {
    boolean wasComing =
        session.rsvps().find(asked.event(), asked.actor()).filter(Rsvp::isComing).isPresent();
    Rsvp rsvp = asked.in(wasComing ? State.ACCEPTED : verdict(session, found, asked));
    if (!session.rsvps().save(rsvp)) {
      send(session, found, activities.reject(found.post().account(), asked.in(State.REJECTED)));
      return;
    }
    switch (rsvp.state()) {
      case ACCEPTED -> send(session, found, activities.accept(found.post().account(), rsvp));
      case REJECTED -> send(session, found, activities.reject(found.post().account(), rsvp));
      case ASKED -> {}
    }
    if (!wasComing) {
      changed(session, found, rsvp);
    }
  }

  private State verdict(Session session, Found found, Rsvp asked) {
    Joining joining = found.event().joining();
    int coming = session.rsvps().count(asked.event()).confirmed();
    boolean isFull = joining.capacity().filter(all -> coming >= all).isPresent();
    if (isFull || found.event().status() == Status.CANCELLED) {
      return State.REJECTED;
    }
    if (session.rsvps().isInvited(asked.event(), asked.actor())) {
      return State.ACCEPTED;
    }
    return switch (joining.mode().orElse(Mode.NONE)) {
      case FREE -> State.ACCEPTED;
      case RESTRICTED -> State.ASKED;
      case INVITE, EXTERNAL, NONE -> State.REJECTED;
    };
  }

  /** Somebody may come. */
  Effect maybe(IncomingActivity.TentativeAccept maybe) {
    return about(
        maybe.event(),
        maybe.actor(),
        (session, found) -> {
          Rsvp rsvp =
              new Rsvp(
                  maybe.event(),
                  maybe.actor(),
                  Rsvp.Answer.MAYBE,
                  State.ACCEPTED,
                  maybe.id(),
                  Optional.empty(),
                  clock.instant());
          if (found.event().joining().takesAnswers() && session.rsvps().save(rsvp)) {
            changed(session, found, rsvp);
          }
        });
  }

  /** Somebody does not come after all. */
  Effect left(URI event, URI actor) {
    return about(
        event,
        actor,
        (session, found) ->
            session
                .rsvps()
                .find(event, actor)
                .ifPresent(before -> {
                  session.rsvps().remove(event, actor);
                  boolean wasShown = before.state() != State.REJECTED;
                  if (wasShown) {
                    changed(
                        session,
                        found,
                        new Rsvp(
                            event,
                            actor,
                            Rsvp.Answer.NO,
                            State.ACCEPTED,
                            before.activity(),
                            Optional.empty(),
                            clock.instant()));
                  }
                }));
  }

  /**
   * The organiser decides.
   *
   * @return false when that person did not ask, or was told so before
   */
  boolean decided(Session session, Jid organiser, URI event, RemoteActor guest, State state) {
    Optional<LocalPost> post = event(session, event).filter(one -> one.account().equals(organiser));
    Optional<Rsvp> asked =
        session
            .rsvps()
            .find(event, guest.id())
            .filter(rsvp -> rsvp.answer() == Rsvp.Answer.YES && rsvp.state() != state);
    if (post.isEmpty() || asked.isEmpty()) {
      return false;
    }
    Found found = new Found(post.get(), guest);
    Rsvp rsvp = asked.get().in(state);
    session.rsvps().save(rsvp);
    send(
        session,
        found,
        state == State.ACCEPTED
            ? activities.accept(organiser, rsvp)
            : activities.reject(organiser, rsvp));
    show(session, found, rsvp);
    return true;
  }

  /** Asks somebody to come to an event of ours; they may then, whoever else may not. */
  boolean invite(Session session, Jid organiser, URI event, RemoteActor guest) {
    Optional<LocalPost> post = event(session, event).filter(one -> one.account().equals(organiser));
    post.ifPresent(one -> Invitations.send(session, settings, one, guest));
    return post.isPresent();
  }

  private void changed(Session session, Found found, Rsvp rsvp) {
    show(session, found, rsvp);
    if (rsvp.state() != State.REJECTED) {
      told.guest(session, found.post(), found.guest(), rsvp);
    }
  }

  /** In the event itself, and in its attachments. */
  private void show(Session session, Found found, Rsvp rsvp) {
    int coming = session.rsvps().count(rsvp.event()).confirmed();
    CalendarEvent event = found.event();
    CalendarEvent now = event.with(event.joining().attendedBy(coming));
    session
        .localPosts()
        .amend(
            found
                .post()
                .withContent(found.post().content().toBuilder().event(Optional.of(now)).build()));
    shown.changed(session, rsvp.event(), rsvp.actor());
  }

  /** Somebody asks people here to come to an event that its own server shows to anybody. */
  Effect invited(IncomingActivity.Invite invite) {
    List<Jid> people =
        invite.named().stream()
            .flatMap(named -> urls.account(named).stream())
            .filter(this::isActor)
            .toList();
    List<URI> events =
        invite.named().stream().filter(named -> urls.account(named).isEmpty()).toList();
    if (people.isEmpty() || events.isEmpty()) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> host = source.actor(invite.actor());
    if (!(host instanceof Answer.Got<RemoteActor>(RemoteActor by))) {
      return Effect.without(host);
    }
    Answer<RemotePost> event = source.post(events.getFirst());
    if (!(event instanceof Answer.Got<RemotePost>(RemotePost post))) {
      return Effect.without(event);
    }
    if (post.content().event().isEmpty()) {
      return Effect.NOTHING;
    }
    return Effect.now(session -> {
      RemotePostBridge.keepIfNew(session, urls, post);
      people.forEach(person -> told.invited(session, person, by, post));
    });
  }

  private boolean isActor(Jid person) {
    return store.inTransaction(
        session -> session.accounts().find(person).filter(Account::isActor).isPresent());
  }

  private static void send(Session session, Found to, Written activity) {
    session
        .activities()
        .add(
            new Activities.Sent(
                activity.key(), to.post().account(), false, activity.json(), activity.turn()));
    session.deliveries().add(activity.key(), to.guest().endpoints().inbox());
  }
}
