package im.tombolo.core.model;

/**
 * Of what somebody here wants to be told in words.
 *
 * @param mentions that somebody on the fediverse mentions or answers them
 * @param followers that somebody there follows them
 */
public record NoticeChoice(boolean mentions, boolean followers) {
  /** For who chose nothing. */
  public static final NoticeChoice DEFAULT = new NoticeChoice(true, true);
}
