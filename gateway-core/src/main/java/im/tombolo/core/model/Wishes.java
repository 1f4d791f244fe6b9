package im.tombolo.core.model;

/**
 * What somebody on the fediverse lets others do with what they say.
 *
 * @param shown whether it may stand where they did not put it themselves: in discussions, boosts
 *     and nodes that anybody can read ({@code #nobridge}, FEP-0036)
 * @param indexed whether search engines may find it (FEP-5feb); true where nothing is said, since
 *     most servers do not ask
 */
public record Wishes(boolean shown, boolean indexed) {
  /** Nothing was said. */
  public static final Wishes NONE = new Wishes(true, true);
}
