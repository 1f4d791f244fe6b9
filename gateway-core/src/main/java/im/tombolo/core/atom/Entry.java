package im.tombolo.core.atom;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import java.util.List;
import java.util.Optional;

/**
 * What an Atom entry says.
 *
 * @param page {@code rel=alternate} of text/html, http or https
 * @param author whom it names as its author; proves nothing
 * @param comments {@code rel=replies}: where its comments are
 * @param answers what it is {@code in-reply-to}
 * @param via what it repeats
 */
public record Entry(
    Content content,
    Dates dates,
    Optional<String> page,
    Optional<Jid> author,
    Optional<NodeAddress> comments,
    List<Target> answers,
    Optional<Target> via) {

  public Entry {
    answers = List.copyOf(answers);
  }

  /**
   * Another entry that this one refers to.
   *
   * @param id its Atom id; empty when only its place is told
   * @param item its place on XMPP
   */
  public record Target(String id, Optional<ItemAddress> item) {}
}
