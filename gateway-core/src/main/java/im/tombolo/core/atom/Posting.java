package im.tombolo.core.atom;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A post as it stands in a node.
 *
 * @param at the item
 * @param publisher who put it there
 * @param author who wrote it: the publisher, or whoever is repeated
 * @param id the entry's own id, the same wherever it stands
 * @param page the page for people
 * @param comments where its comments are
 * @param answers the posts that it answers, with the item of each where there is one
 * @param via the item that this one repeats (XEP-0277)
 */
public record Posting(
    ItemAddress at,
    Jid publisher,
    Byline author,
    String id,
    Content content,
    Dates dates,
    Optional<URI> page,
    Optional<NodeAddress> comments,
    List<Answered> answers,
    Optional<Answered> via) {

  public Posting {
    answers = List.copyOf(answers);
  }

  /** The same in another place. */
  public Posting in(ItemAddress place) {
    return new Posting(place, publisher, author, id, content, dates, page, comments, answers, via);
  }

  /** The same saying something else. */
  Posting with(Content other) {
    return new Posting(at, publisher, author, id, other, dates, page, comments, answers, via);
  }

  /**
   * Another post.
   *
   * @param id its entry's id
   * @param item where it stands on XMPP
   */
  public record Answered(String id, Optional<ItemAddress> item) {}
}
