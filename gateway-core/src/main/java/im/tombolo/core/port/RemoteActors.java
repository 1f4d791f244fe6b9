package im.tombolo.core.port;

import im.tombolo.core.address.Handle;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.RemoteActor;
import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Fediverse accounts as we last read them. */
public interface RemoteActors {
  Optional<RemoteActor> find(URI id);

  /** Those of them who have left any trace here. */
  Set<URI> known(Collection<URI> ids);

  /** Of several that were called so, the one that was read last. */
  Optional<RemoteActor> findByHandle(Handle handle);

  /** Inserts or replaces. */
  void save(RemoteActor actor);

  /** Forgets the actor with posts, follows and followings. */
  void remove(URI id);

  /** The picture of an actor as we serve it; {@code source} is where it was read from. */
  void saveAvatar(URI actor, URI source, Picture picture);

  /** The picture, if it was read from {@code source}. */
  Optional<Picture> avatar(URI actor, URI source);
}
