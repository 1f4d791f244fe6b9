package im.tombolo.core.model;

/** How far a post may travel, from the widest to the narrowest. The order is relied upon. */
public enum Visibility {
  /** Anybody, and it may be listed. */
  PUBLIC,
  /** Anybody who has the address; not for public timelines. */
  UNLISTED,
  /** The author's accepted followers. */
  FOLLOWERS,
  /** Only the people addressed, some of whom are not mentioned. */
  LIMITED,
  /** Only the people addressed, all of whom are mentioned. */
  DIRECT;

  /** True when anybody who knows the address may read it. */
  public boolean isOpen() {
    return this == PUBLIC || this == UNLISTED;
  }

  /** The narrower of the two: what is left when two statements about one post disagree. */
  public Visibility narrowest(Visibility other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
