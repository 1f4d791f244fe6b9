package im.tombolo.core.port;

import im.tombolo.core.model.Picture;
import java.util.Optional;

/** Avatars of served accounts, by SHA-1. */
public interface Pictures {
  Optional<Picture> find(String sha1);

  void save(Picture picture);
}
