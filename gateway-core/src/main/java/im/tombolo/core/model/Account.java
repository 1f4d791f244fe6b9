package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import im.tombolo.core.text.RichText;
import java.time.Instant;
import java.util.Optional;

/**
 * A served XMPP account: a person, or a node of a pubsub service ({@code node@pubsub.example.org}).
 *
 * @param address bare JID; for a node, its name at the service
 * @param kind PERSON or GROUP
 * @param blog who may read its blog node
 * @param acts true once the account follows or answers somebody on the fediverse: it is an actor
 *     then, even when its blog is closed
 * @param face name, text and picture shown there
 * @param checkedAt when its XMPP server was last asked
 * @param approves whether it decides about each follow; kept apart, and not saved with the rest
 */
public record Account(
    Jid address,
    ActorKind kind,
    Blog blog,
    boolean acts,
    Face face,
    Instant checkedAt,
    boolean approves) {

  /** One that takes every follow. */
  public Account(
      Jid address, ActorKind kind, Blog blog, boolean acts, Face face, Instant checkedAt) {
    this(address, kind, blog, acts, face, checkedAt, false);
  }

  /** Who can read the blog node. */
  public enum Blog {
    OPEN,
    /** It cannot, and is carried to followers whom its owner approves. */
    FOR_FOLLOWERS,
    CLOSED,
    /** There is no such node or account. */
    MISSING
  }

  /**
   * How an account presents itself on XMPP.
   *
   * @param name display name; empty when none
   * @param bio about it
   * @param avatar picture held by us
   * @param banner a wide picture, where it is on the web
   */
  public record Face(String name, RichText bio, Optional<Avatar> avatar, Optional<Image> banner) {
    public Face(String name, RichText bio, Optional<Avatar> avatar) {
      this(name, bio, avatar, Optional.empty());
    }

    /** Nothing known. */
    public static final Face EMPTY = new Face("", RichText.EMPTY, Optional.empty());
  }

  /** See {@link Picture}. */
  public record Avatar(String sha1, String mediaType) {}

  /** True when the fediverse may see this account as an actor. */
  public boolean isActor() {
    return isBridged() || acts;
  }

  /** Whether what is posted reaches the fediverse. */
  public boolean isBridged() {
    return blog == Blog.OPEN || blog == Blog.FOR_FOLLOWERS;
  }

  public Account withBlog(Blog state, Instant at) {
    return new Account(address, kind, state, acts, face, at, approves);
  }

  public Account withFace(Face newFace) {
    return new Account(address, kind, blog, acts, newFace, checkedAt, approves);
  }

  public Account acting() {
    return new Account(address, kind, blog, true, face, checkedAt, approves);
  }
}
