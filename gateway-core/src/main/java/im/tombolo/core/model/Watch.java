package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import java.net.URI;

/**
 * Somebody here wants to know of each new reaction.
 *
 * @param target id of the post whose reactions are watched, or of the actor whose posts' are
 * @param subscriber bare JID
 * @param node as the subscriber wrote it: that is where events come from
 */
public record Watch(URI target, Jid subscriber, NodeAddress node) {
  /** Most of one person. */
  public static final int MAX_OF_ONE = 1_000;
}
