package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Polls;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

record SqlPolls(Sql sql) implements Polls {
  private static final String COLUMNS = "select question, account, key, ends from poll where ";

  @Override
  public void add(Poll poll) {
    sql.update(
        "insert into poll (question, account, key, ends) values (?, ?, ?, ?) on conflict do nothing",
        poll.question(),
        poll.account(),
        poll.key(),
        poll.ends());
  }

  @Override
  public boolean vote(URI question, URI voter, String option, boolean multiple) {
    // Of two votes at the same time one waits here.
    sql.one("select 1 from poll where question = ? for update", row -> row.number(1), question);
    boolean isSecond =
        !multiple
            && sql.number(
                    "select count(*) from poll_vote where question = ? and voter = ?",
                    question,
                    voter)
                > 0;
    boolean counted =
        !isSecond
            && sql.update(
                    "insert into poll_vote (question, voter, option) values (?, ?, ?)"
                        + " on conflict do nothing",
                    question,
                    voter,
                    option)
                > 0;
    if (counted) {
      sql.update("update poll set changed = true where question = ?", question);
    }
    return counted;
  }

  @Override
  public Map<String, Long> counts(URI question) {
    Map<String, Long> counts = new HashMap<>();
    sql.list(
            "select option, count(*) from poll_vote where question = ? group by option",
            row -> Map.entry(row.text(1), row.number(2)),
            question)
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  @Override
  public long voters(URI question) {
    return sql.number("select count(distinct voter) from poll_vote where question = ?", question);
  }

  @Override
  public List<Poll> due(Instant now, Instant toldBefore, int max) {
    return sql.list(
        COLUMNS
            + "not closed and (ends <= ? or (changed and (told_at is null or told_at <= ?)))"
            + " order by ends limit ?",
        SqlPolls::poll,
        now,
        toldBefore,
        max);
  }

  @Override
  public void told(URI question, Instant at, boolean closed) {
    sql.update(
        "update poll set changed = false, told_at = ?, closed = ? where question = ?",
        at,
        closed,
        question);
  }

  @Override
  public List<Poll> ofAccount(Jid account, int max) {
    return sql.list(
        COLUMNS + "account = ? order by ends desc limit ?", SqlPolls::poll, account, max);
  }

  private static Poll poll(Sql.Row row) throws SQLException {
    return new Poll(URI.create(row.text(1)), Jid.of(row.text(2)), row.text(3), row.time(4));
  }
}
