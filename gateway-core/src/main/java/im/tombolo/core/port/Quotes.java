package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.net.URI;
import java.util.Optional;

/** Leave to quote, asked for and given (FEP-044f). */
public interface Quotes {
  /** We asked for leave. */
  void asked(Request request);

  Optional<Request> find(URI requestId);

  /** We gave leave. */
  void stamp(Stamp stamp);

  Optional<Stamp> findStamp(Jid account, String stampKey);

  /**
   * @param id of our QuoteRequest
   * @param account who quotes
   * @param key of the post that quotes
   * @param quotedAuthor who may answer
   */
  record Request(URI id, Jid account, String key, URI quotedAuthor) {}

  /**
   * @param account who is quoted
   * @param key of the stamp in its URL
   * @param postKey of the post that is quoted
   * @param quoting id of the post that quotes it
   */
  record Stamp(Jid account, String key, String postKey, URI quoting) {}
}
