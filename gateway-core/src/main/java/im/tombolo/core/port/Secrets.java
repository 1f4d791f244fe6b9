package im.tombolo.core.port;

/** Random bytes that stay the same for as long as the database does. */
public interface Secrets {
  /**
   * The secret of that name.
   *
   * @param fresh becomes it where there is none yet
   */
  byte[] keep(String name, byte[] fresh);
}
