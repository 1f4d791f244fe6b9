package im.tombolo.core.model;

import java.util.Optional;

/** What somebody here gets of a fediverse account: each is a node of its virtual JID. */
public enum Feed {
  /** All that it posts, as entries. */
  BLOG("urn:xmpp:microblog:0"),
  /** Its events. */
  EVENTS("urn:xmpp:calendar-events:0"),
  /** The same in the words of the first version of XEP-0471. */
  FIRST_EVENTS("urn:xmpp:events:0");

  private final String node;

  Feed(String node) {
    this.node = node;
  }

  public String node() {
    return node;
  }

  public boolean isOfEvents() {
    return this != BLOG;
  }

  public static Optional<Feed> of(String node) {
    for (Feed feed : values()) {
      if (feed.node.equals(node)) {
        return Optional.of(feed);
      }
    }
    return Optional.empty();
  }
}
