package im.tombolo.core.model;

import java.time.Instant;

/**
 * When a post was first published and last changed. {@code updated} is never before {@code
 * published}; equal means never edited. Second precision is enough for both networks, milliseconds
 * are kept.
 */
public record Dates(Instant published, Instant updated) {
  public Dates {
    if (updated.isBefore(published)) {
      updated = published;
    }
  }

  /** The same, with {@code now} in place of what is still to come. */
  public Dates notAfter(Instant now) {
    return new Dates(
        published.isAfter(now) ? now : published, updated.isAfter(now) ? now : updated);
  }

  /** True when the post was changed after it was published. */
  public boolean edited() {
    return updated.isAfter(published);
  }
}
