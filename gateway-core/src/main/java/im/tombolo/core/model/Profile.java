package im.tombolo.core.model;

import im.tombolo.core.text.RichText;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How a person or a group presents themselves.
 *
 * @param name display name; empty when they gave none
 * @param bio about them; may be empty
 * @param avatar where their picture is
 * @param page a page about them
 * @param banner where their wide picture is
 * @param fields what else they say, at most {@link #MAX_FIELDS}
 * @param birthday as far as they tell it
 */
public record Profile(
    String name,
    RichText bio,
    Optional<Image> avatar,
    Optional<URI> page,
    Optional<Image> banner,
    List<Field> fields,
    Optional<LocalDate> birthday) {
  /** Most servers have four; some have more. */
  public static final int MAX_FIELDS = 16;

  public Profile {
    fields = List.copyOf(fields);
  }

  public Profile(String name, RichText bio, Optional<Image> avatar, Optional<URI> page) {
    this(name, bio, avatar, page, Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * A line of a table, as plain text.
   *
   * @param name such as Pronouns
   */
  public record Field(String name, String value) {}

  /** Nothing known. */
  public static final Profile EMPTY =
      new Profile("", RichText.EMPTY, Optional.empty(), Optional.empty());
}
