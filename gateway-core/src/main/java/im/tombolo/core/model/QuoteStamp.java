package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import java.net.URI;

/**
 * Leave that a served account gave to quote a post (FEP-044f QuoteAuthorization).
 *
 * @param account who is quoted
 * @param key of the stamp in its URL
 * @param postKey of the post that is quoted
 * @param quoting id of the post that quotes it
 */
public record QuoteStamp(Jid account, String key, String postKey, URI quoting) {}
