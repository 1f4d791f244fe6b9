package im.tombolo.storage;

/**
 * Where the database is.
 *
 * @param url {@code jdbc:postgresql://…}
 * @param user empty when the URL says it
 * @param password never printed
 * @param connections most connections at a time, at least 2
 */
public record DatabaseSettings(String url, String user, String password, int connections) {
  @Override
  public String toString() {
    return "DatabaseSettings[" + user + ", " + connections + " connections]";
  }
}
