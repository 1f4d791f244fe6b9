package im.tombolo.core.port;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be published in, or retracted from, nodes of XMPP services. The newest wish for an
 * item replaces an earlier one. Tasks of one node are handed out in the order they came in.
 */
public interface PubsubTasks {
  /**
   * @param as the virtual JID that does it
   * @param payload absent: the item is to go
   */
  void add(ItemAddress item, Jid as, Optional<Element> payload);

  /**
   * Takes due tasks: none is handed out again before {@code leaseUntil}, and of each node only the
   * oldest.
   */
  List<Task> claim(Instant now, Instant leaseUntil, int max);

  /** Done, or never possible; nothing happens to a newer wish for the same item. */
  void done(Task task);

  void retry(Task task, Instant due, String error);

  long waiting();

  /**
   * @param version tells this wish from a newer one
   */
  record Task(
      long id,
      long version,
      ItemAddress item,
      Jid as,
      Optional<Element> payload,
      int attempts,
      Instant firstQueued) {}
}
