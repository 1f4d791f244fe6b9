package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import java.util.Optional;

/**
 * A post of a served XMPP account.
 *
 * @param account whose blog
 * @param key our name for it in URLs: derived from node and item id, never changes
 * @param itemId pubsub item id in the account's node
 * @param content what it says
 * @param dates when
 * @param page an address for people that the author gave ({@code rel=alternate} text/html)
 */
public record LocalPost(
    Jid account, String key, String itemId, Content content, Dates dates, Optional<String> page) {}
