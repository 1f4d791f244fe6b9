package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Messages;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

record SqlMessages(Sql sql, InstantSource clock) implements Messages {
  private static final String SELECT = "select document from message where ";
  private static final String LAST = " and not gone order by id desc limit 1";

  @Override
  public void save(DirectMessage message) {
    sql.update(
        "insert into message (owner, object, peer, circle, thread, context, stanza_ids, gone,"
            + " document, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)"
            + " on conflict (object, owner) do update set stanza_ids = excluded.stanza_ids,"
            + " gone = excluded.gone, document = excluded.document",
        message.owner(),
        message.object(),
        message.peer().actor(),
        message.circle(),
        message.place().thread(),
        message.place().context(),
        message.parts().stream().map(DirectMessage.Part::stanzaId).toArray(String[]::new),
        message.gone(),
        Documents.write(message),
        clock.instant());
  }

  @Override
  public Optional<DirectMessage> find(Jid owner, URI object) {
    return sql.one(SELECT + "owner = ? and object = ?", SqlMessages::message, owner, object);
  }

  @Override
  public List<DirectMessage> copies(URI object) {
    return sql.foresight().isNoMessage(object)
        ? List.of()
        : sql.list(SELECT + "object = ? order by owner", SqlMessages::message, object);
  }

  @Override
  public Optional<DirectMessage> named(Jid owner, URI peer, String stanzaId) {
    return sql.one(
        SELECT + "owner = ? and peer = ? and stanza_ids @> ? order by id desc limit 1",
        SqlMessages::message,
        owner,
        peer,
        new String[] {stanzaId});
  }

  @Override
  public Optional<DirectMessage> lastOfThread(Jid owner, String thread, Set<URI> among) {
    return sql.one(
        SELECT
            + "owner = ? and thread = ?"
            + " and document->'people' || jsonb_build_array(document->'author')"
            + " @> to_jsonb(?::text[])"
            + LAST,
        SqlMessages::message,
        owner,
        thread,
        among.stream().map(URI::toString).toArray(String[]::new));
  }

  @Override
  public Optional<DirectMessage> lastOfContext(Jid owner, URI context) {
    return sql.one(
        SELECT + "owner = ? and context = ?" + LAST, SqlMessages::message, owner, context);
  }

  @Override
  public Optional<DirectMessage> lastOfCircle(Jid owner, String circle, Instant since) {
    return sql.one(
        SELECT + "owner = ? and circle = ? and at >= ?" + LAST,
        SqlMessages::message,
        owner,
        circle,
        since);
  }

  @Override
  public Optional<Jid> spelling(Jid owner, URI peer) {
    return sql.one(
            SELECT + "owner = ? and peer = ? order by id desc limit 1",
            SqlMessages::message,
            owner,
            peer)
        .map(message -> message.peer().address());
  }

  @Override
  public long count(Jid owner, URI peer, Instant since) {
    return sql.number(
        "select count(*) from message where owner = ? and peer = ? and at >= ?"
            + " and document->>'author' = peer",
        owner,
        peer,
        since);
  }

  @Override
  public List<DirectMessage> ofOwner(Jid owner, int max) {
    return sql.list(SELECT + "owner = ? limit ?", SqlMessages::message, owner, max);
  }

  @Override
  public int forgetBefore(Instant before, int max) {
    String old = "(select %s from message where at < ? order by at, id limit ?)";
    sql.update("delete from reaction where post in " + old.formatted("object"), before, max);
    return sql.update("delete from message where id in " + old.formatted("id"), before, max);
  }

  @Override
  public void await(Waiting waiting) {
    sql.update(
        "insert into message_delivery (activity_key, address, inbox, sender, stanza_id, receipt)"
            + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        waiting.activityKey(),
        waiting.address(),
        waiting.inbox(),
        waiting.sender(),
        waiting.stanzaId(),
        waiting.wantsReceipt());
  }

  @Override
  public List<Waiting> ended(List<Delivery> deliveries) {
    List<Waiting> waited =
        sql.list(
            "delete from message_delivery m using unnest(?, ?) d (key, inbox)"
                + " where m.activity_key = d.key and m.inbox = d.inbox returning m.activity_key,"
                + " m.inbox, m.sender, m.address, m.stanza_id, m.receipt",
            row ->
                new Waiting(
                    row.text(1),
                    URI.create(row.text(2)),
                    Jid.of(row.text(3)),
                    Jid.of(row.text(4)),
                    row.text(5),
                    row.flag(6)),
            deliveries.stream().map(Delivery::activityKey).toArray(String[]::new),
            deliveries.stream().map(row -> row.inbox().toString()).toArray(String[]::new));
    waited.stream().map(Waiting::activityKey).distinct().sorted().forEach(this::forgetIfLast);
    return waited;
  }

  private void forgetIfLast(String activityKey) {
    // Who ends another delivery of it at the same time comes later, and sees that this one ended.
    sql.list("select 1 from activity where key = ? for update", row -> 1, activityKey);
    sql.update(
        "delete from activity where key = ? and not exists"
            + " (select 1 from message_delivery where activity_key = ?)",
        activityKey,
        activityKey);
  }

  private static DirectMessage message(Sql.Row row) throws SQLException {
    return Documents.read(row.text(1), DirectMessage.class);
  }
}
