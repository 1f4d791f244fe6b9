package im.tombolo.storage;

import im.tombolo.core.port.CatchUps;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

record SqlCatchUps(Sql sql) implements CatchUps {
  @Override
  public void addFollowed(Instant since, Instant from, Duration apart, Duration spread) {
    sql.update(
        "with followed as (select distinct actor from following where state = 'ACCEPTED'),"
            + " width as (select least(count(*) * ?, ?) as millis from followed)"
            + " insert into catch_up (actor, since, due) select actor, ?,"
            + " ?::timestamptz + random() * millis * interval '1 millisecond' from followed, width"
            + " on conflict (actor) do update set since = least(catch_up.since, excluded.since)",
        apart.toMillis(),
        spread.toMillis(),
        since,
        from);
  }

  @Override
  public List<CatchUp> claim(Instant now, Instant again, int max) {
    return sql.list(
        "update catch_up set due = ?, attempts = attempts + 1 where actor in"
            + " (select actor from catch_up where due <= ? order by due limit ?"
            + " for update skip locked) returning actor, since, attempts",
        row -> new CatchUp(URI.create(row.text(1)), row.time(2), row.integer(3)),
        again,
        now,
        max);
  }

  @Override
  public void done(URI actor) {
    sql.update("delete from catch_up where actor = ?", actor);
  }

  @Override
  public long waiting() {
    return sql.number("select count(*) from catch_up");
  }
}
