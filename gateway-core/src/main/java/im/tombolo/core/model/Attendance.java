package im.tombolo.core.model;

/**
 * How many come to an event, as XEP-0471 §4.5 counts.
 *
 * @param confirmed people who come
 * @param max people who may come, these included
 */
public record Attendance(int confirmed, int max) {
  public static final Attendance NONE = new Attendance(0, 0);

  public boolean isEmpty() {
    return max == 0;
  }
}
