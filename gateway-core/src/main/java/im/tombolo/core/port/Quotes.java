package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.QuoteStamp;
import java.net.URI;
import java.util.Optional;

/** Leave to quote, asked for and given (FEP-044f). */
public interface Quotes {
  /** We asked for leave. */
  void asked(Request request);

  Optional<Request> find(URI requestId);

  /** We gave leave. */
  void stamp(QuoteStamp stamp);

  Optional<QuoteStamp> findStamp(Jid account, String stampKey);

  /**
   * @param id of our QuoteRequest
   * @param account who quotes
   * @param key of the post that quotes
   * @param quotedAuthor who may answer
   */
  record Request(URI id, Jid account, String key, URI quotedAuthor) {}
}
