package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.NoticeChoice;
import im.tombolo.core.port.NoticeChoices;
import java.time.Instant;

record SqlNoticeChoices(Sql sql) implements NoticeChoices {
  @Override
  public NoticeChoice of(Jid account) {
    return sql.one(
            "select mentions, followers from notice_choice where account = ?",
            row -> new NoticeChoice(row.flag(1), row.flag(2)),
            account)
        .orElse(NoticeChoice.DEFAULT);
  }

  @Override
  public void save(Jid account, NoticeChoice choice) {
    sql.update(
        "insert into notice_choice (account, mentions, followers) values (?, ?, ?)"
            + " on conflict (account) do update set mentions = excluded.mentions,"
            + " followers = excluded.followers",
        account,
        choice.mentions(),
        choice.followers());
  }

  @Override
  public int count(Jid account, Instant hour) {
    return sql.one(
            "insert into notice_choice (account, hour, told) values (?, ?, 1)"
                + " on conflict (account) do update set hour = excluded.hour,"
                + " told = case when notice_choice.hour = excluded.hour"
                + " then notice_choice.told + 1 else 1 end returning told",
            row -> row.integer(1),
            account,
            hour)
        .orElseThrow();
  }
}
