package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.QuoteStamp;
import im.tombolo.core.port.Quotes;
import java.net.URI;
import java.util.Optional;

record SqlQuotes(Sql sql) implements Quotes {
  @Override
  public void asked(Request request) {
    sql.update(
        "insert into quote_request (id, account, key, quoted_author) values (?, ?, ?, ?)"
            + " on conflict do nothing",
        request.id(),
        request.account(),
        request.key(),
        request.quotedAuthor());
  }

  @Override
  public Optional<Request> find(URI requestId) {
    return sql.one(
        "select id, account, key, quoted_author from quote_request where id = ?",
        row ->
            new Request(
                URI.create(row.text(1)), Jid.of(row.text(2)), row.text(3), URI.create(row.text(4))),
        requestId);
  }

  @Override
  public void stamp(QuoteStamp stamp) {
    sql.update(
        "insert into quote_stamp (account, stamp_key, post_key, quoting) values (?, ?, ?, ?)"
            + " on conflict do nothing",
        stamp.account(),
        stamp.key(),
        stamp.postKey(),
        stamp.quoting());
  }

  @Override
  public Optional<QuoteStamp> findStamp(Jid account, String stampKey) {
    return sql.one(
        "select account, stamp_key, post_key, quoting from quote_stamp"
            + " where account = ? and stamp_key = ?",
        row ->
            new QuoteStamp(Jid.of(row.text(1)), row.text(2), row.text(3), URI.create(row.text(4))),
        account,
        stampKey);
  }
}
