package im.tombolo.core.model;

import im.tombolo.core.text.RichText;
import java.net.URI;
import java.util.Optional;

/**
 * How a person or a group presents themselves.
 *
 * @param name display name; empty when they gave none
 * @param bio about them; may be empty
 * @param avatar where their picture is
 * @param page a page about them
 * @param banner where their wide picture is
 */
public record Profile(
    String name, RichText bio, Optional<Image> avatar, Optional<URI> page, Optional<Image> banner) {

  public Profile(String name, RichText bio, Optional<Image> avatar, Optional<URI> page) {
    this(name, bio, avatar, page, Optional.empty());
  }

  /** Nothing known. */
  public static final Profile EMPTY =
      new Profile("", RichText.EMPTY, Optional.empty(), Optional.empty());
}
