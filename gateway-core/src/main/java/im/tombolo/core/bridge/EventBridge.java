package im.tombolo.core.bridge;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.RsvpItems.Said;
import im.tombolo.core.bridge.AddressBridge.Found;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.model.Rsvp.State;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What people here say of events by their addresses: to which they come, and who may come to
 * theirs. Blocking; safe for any thread.
 */
public final class EventBridge {
  /** Guests that are named at once. */
  public static final int MAX_SHOWN = 100;

  private final Store store;
  private final VoteBridge posts;
  private final AddressBridge addresses;
  private final BridgeSettings settings;
  private final OwnRsvps rsvps;
  private final GuestBridge guests;

  /**
   * @param posts finds what an address names
   */
  public EventBridge(
      Store store, VoteBridge posts, AddressBridge addresses, BridgeSettings settings) {
    this.store = store;
    this.posts = posts;
    this.addresses = addresses;
    this.settings = settings;
    this.rsvps = new OwnRsvps(settings);
    this.guests = new GuestBridge(store, posts.source(), settings);
  }

  /** Who answers to an event. */
  public record Guest(Handle handle, Rsvp rsvp) {}

  /**
   * Says whether somebody comes.
   *
   * @param event its URL, also of its page, or an {@code xmpp:} item
   * @return false when that is no event, or one that takes no answers; {@link Answer.Closed} for
   *     who is not served here, or left
   */
  public Answer<Boolean> attend(Jid from, String event, Rsvp.Answer answer) {
    Jid person = from.bare();
    if (!settings.urls().serves(person)
        || !store.inTransaction(session -> LocalAccounts.isBridged(session, settings, person))) {
      return new Answer.Closed<>();
    }
    return posts
        .question(person, event.strip())
        .flatMap(post ->
            posts.source().actor(post.author()).map(author -> attend(person, post, answer)));
  }

  private boolean attend(Jid person, RemotePost post, Rsvp.Answer answer) {
    Optional<Said> said = Optional.of(new Said(answer, Optional.empty()));
    if (post.content().event().isEmpty() || !OwnRsvps.isPossible(post, said)) {
      return false;
    }
    return store.inTransaction(session -> {
      RemotePostBridge.keepIfNew(session, settings.urls(), post);
      rsvps.replace(session, person, post, said);
      return true;
    });
  }

  /**
   * Who answered to an event of somebody here, the first first.
   *
   * @param after the last of the page before
   * @return at most {@link #MAX_SHOWN}; empty when it is not theirs
   */
  public Optional<List<Guest>> guests(Jid from, String event, Optional<URI> after) {
    return own(from, event)
        .map(id ->
            store.inTransaction(session ->
                session.rsvps().ofEvent(id, after, MAX_SHOWN).stream()
                    .flatMap(rsvp ->
                        session.remoteActors().find(rsvp.actor()).stream()
                            .map(actor -> new Guest(actor.handle(), rsvp)))
                    .toList()));
  }

  private Optional<URI> own(Jid from, String event) {
    try {
      return Optional.of(URI.create(event.strip()))
          .filter(id ->
              settings
                  .urls()
                  .post(id)
                  .filter(post -> post.account().equals(from.bare()))
                  .isPresent())
          .filter(guests::hasEvent);
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /**
   * Lets somebody come who asked, or not, also who was let in before.
   *
   * @return false when that person did not ask, or the event is somebody else's
   */
  public Answer<Boolean> decide(Jid from, String event, String guest, boolean may) {
    State state = may ? State.ACCEPTED : State.REJECTED;
    return about(
        from,
        event,
        guest,
        (session, id, actor) -> guests.decided(session, from.bare(), id, actor, state));
  }

  /** Asks somebody there to come; they may then, whoever else may not. */
  public Answer<Boolean> invite(Jid from, String event, String guest) {
    return about(
        from, event, guest, (session, id, actor) -> guests.invite(session, from.bare(), id, actor));
  }

  private interface Change {
    boolean in(Store.Session session, URI event, RemoteActor guest);
  }

  private Answer<Boolean> about(Jid from, String event, String guest, Change change) {
    Optional<URI> id = own(from, event);
    if (id.isEmpty()) {
      return Answer.got(false);
    }
    return addresses
        .find(guest)
        .map(found ->
            found instanceof Found.There there
                && store.inTransaction(session ->
                    session
                        .remoteActors()
                        .find(there.id())
                        .filter(actor -> change.in(session, id.get(), actor))
                        .isPresent()));
  }
}
