package im.tombolo.storage;

import im.tombolo.core.port.Rules;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

record SqlRules(Sql sql) implements Rules {
  @Override
  public State state() {
    return sql.one(
            "select count(*), max(version) from rule",
            row -> new State(row.number(1), row.number(2)))
        .orElseThrow();
  }

  @Override
  public void add(Rule rule) {
    sql.update(
        "insert into rule (target, severity, comment) values (?, ?, ?) on conflict (target) do"
            + " update set severity = excluded.severity, comment = excluded.comment,"
            + " version = excluded.version",
        rule.target(),
        rule.severity().name().toLowerCase(Locale.ROOT),
        rule.comment());
  }

  @Override
  public boolean remove(String target) {
    return sql.update("delete from rule where target = ?", target) > 0;
  }

  @Override
  public List<Rule> all(int max) {
    return sql.list(
        "select target, severity, comment from rule order by target limit ?",
        row ->
            new Rule(
                row.text(1), Severity.valueOf(row.text(2).toUpperCase(Locale.ROOT)), row.text(3)),
        max);
  }

  @Override
  public List<URI> actors(Optional<URI> after, int max) {
    return sql.list(
        "select id from (select id from remote_actor union select actor from follower union select"
            + " actor from follow_request union select actor from following) known (id)"
            + " where id > ? order by id limit ?",
        row -> URI.create(row.text(1)),
        after.map(URI::toString).orElse(""),
        max);
  }

  @Override
  public List<String> hosts(String after, int max) {
    return sql.list(
        "select distinct host from delivery where host > ? order by host limit ?",
        row -> row.text(1),
        after,
        max);
  }
}
