package im.tombolo.core.model;

import java.util.Locale;
import java.util.Optional;

/** What somebody may do in a pubsub node (XEP-0060 §4.1). */
public enum Affiliation {
  OWNER,
  PUBLISHER,
  PUBLISH_ONLY,
  MEMBER,
  NONE,
  OUTCAST;

  /** By the word that the protocol has for it. */
  public static Optional<Affiliation> of(String word) {
    for (Affiliation one : values()) {
      if (one.word().equals(word)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether who has it decides about what others posted. */
  public boolean moderates() {
    return this == OWNER || this == PUBLISHER;
  }
}
