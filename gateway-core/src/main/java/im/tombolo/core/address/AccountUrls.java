package im.tombolo.core.address;

/**
 * The URLs of an account and of what it wrote, as text: to write one into a document takes no
 * parsed address. {@link GatewayUrls#of} knows them.
 *
 * @param actor URL of its actor, which all the others begin with
 */
public record AccountUrls(String actor) {
  private static final String POSTS = "/posts/";

  public String followers() {
    return actor + "/followers";
  }

  public String post(String key) {
    return actor + POSTS + key;
  }

  /** Answers to a post. */
  public String likes(String key) {
    return actor + POSTS + key + "/likes";
  }

  public String replies(String key) {
    return actor + POSTS + key + "/replies";
  }

  /** The whole discussion that a post began (FEP-7888). */
  public String context(String key) {
    return actor + POSTS + key + "/context";
  }
}
