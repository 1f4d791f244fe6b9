package im.tombolo.core.model;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import java.net.URI;
import java.util.Optional;

/**
 * A post of a served XMPP account: in its own blog, or a comment somewhere else.
 *
 * @param account who wrote it
 * @param key our name for it in URLs: derived from account, node and item id, never changes
 * @param item where it is on XMPP
 * @param content what it says
 * @param dates when
 * @param page an address for people that the author gave ({@code rel=alternate} text/html)
 * @param comments the node for comments that the author gave
 * @param audience who may see it
 * @param discussion what it answers
 * @param repeats id of somebody's post that this item only repeats ({@code rel=via})
 * @param quoteAuthorization the leave to quote what it quotes (FEP-044f)
 */
public record LocalPost(
    Jid account,
    String key,
    ItemAddress item,
    Content content,
    Dates dates,
    Optional<String> page,
    Optional<NodeAddress> comments,
    Audience audience,
    Discussion discussion,
    Optional<URI> repeats,
    Optional<URI> quoteAuthorization) {

  /** A post to everybody that answers nobody. */
  public LocalPost(
      Jid account,
      String key,
      ItemAddress item,
      Content content,
      Dates dates,
      Optional<String> page) {
    this(
        account,
        key,
        item,
        content,
        dates,
        page,
        Optional.empty(),
        Audience.PUBLIC,
        Discussion.NONE,
        Optional.empty(),
        Optional.empty());
  }

  public String itemId() {
    return item.id();
  }

  public boolean isComment() {
    return discussion.parent().isPresent();
  }

  /** A later state of the same post. */
  public LocalPost edited(
      Content now, Dates then, Optional<String> where, Optional<NodeAddress> room) {
    return new LocalPost(
        account,
        key,
        item,
        now,
        then,
        where,
        room,
        audience,
        discussion,
        repeats,
        quoteAuthorization);
  }

  public LocalPost withContent(Content now) {
    return edited(now, dates, page, comments);
  }

  public LocalPost mayQuote(URI authorization) {
    return new LocalPost(
        account,
        key,
        item,
        content,
        dates,
        page,
        comments,
        audience,
        discussion,
        repeats,
        Optional.of(authorization));
  }
}
