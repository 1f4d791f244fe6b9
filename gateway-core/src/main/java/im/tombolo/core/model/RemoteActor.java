package im.tombolo.core.model;

import im.tombolo.core.address.Handle;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A fediverse account as its own server described it.
 *
 * @param id the ActivityStreams id; every other address lies on the same host or is only followed
 *     through the checked client
 * @param handle the address confirmed by WebFinger
 * @param kind what sort of actor
 * @param profile how they present themselves
 * @param endpoints where to send and to read
 * @param keys public keys, PEM, SPKI
 * @param fetchedAt when we read it
 * @param wishes what they let others do with what they say
 */
public record RemoteActor(
    URI id,
    Handle handle,
    ActorKind kind,
    Profile profile,
    Endpoints endpoints,
    List<PublicKey> keys,
    Instant fetchedAt,
    Wishes wishes) {

  public RemoteActor {
    keys = List.copyOf(keys);
    wishes = Objects.requireNonNullElse(wishes, Wishes.NONE);
  }

  /** Of somebody without wishes. */
  public RemoteActor(
      URI id,
      Handle handle,
      ActorKind kind,
      Profile profile,
      Endpoints endpoints,
      List<PublicKey> keys,
      Instant fetchedAt) {
    this(id, handle, kind, profile, endpoints, keys, fetchedAt, Wishes.NONE);
  }

  /** The same actor under the address that WebFinger confirmed. */
  public RemoteActor withHandle(Handle confirmed) {
    return new RemoteActor(id, confirmed, kind, profile, endpoints, keys, fetchedAt, wishes);
  }

  /**
   * Where an actor is reached.
   *
   * @param inbox their own inbox
   * @param sharedInbox the inbox of their server, to save deliveries
   * @param outbox collection of what they posted
   * @param followers collection; posts that name it are for followers
   * @param following collection
   */
  public record Endpoints(
      URI inbox,
      Optional<URI> sharedInbox,
      Optional<URI> outbox,
      Optional<URI> followers,
      Optional<URI> following) {}

  /**
   * @param id key id as used in signatures
   * @param pem {@code BEGIN PUBLIC KEY}
   */
  public record PublicKey(URI id, String pem) {}
}
