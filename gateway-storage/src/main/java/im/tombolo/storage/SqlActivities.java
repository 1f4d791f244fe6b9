package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import im.tombolo.core.port.Activities;
import java.time.InstantSource;
import java.util.Optional;

record SqlActivities(Sql sql, InstantSource clock) implements Activities {
  @Override
  public boolean add(Sent activity) {
    return sql.update(
            "insert into activity (key, actor, open, json, topic, after, urgency, at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
            activity.key(),
            activity.actor(),
            activity.open(),
            activity.json(),
            activity.turn().topic(),
            activity.turn().after(),
            activity.turn().urgency().ordinal(),
            clock.instant())
        > 0;
  }

  @Override
  public Optional<Sent> find(String key) {
    return sql.one(
        "select key, actor, open, json, topic, after, urgency from activity where key = ?",
        row ->
            new Sent(
                row.text(1),
                Jid.of(row.text(2)),
                row.flag(3),
                row.text(4),
                new Turn(row.text(5), row.optional(6), Urgency.values()[row.integer(7)])),
        key);
  }

  @Override
  public boolean forgetTold(Jid actor) {
    sql.update(
        "delete from activity a where a.actor = ? and not exists"
            + " (select 1 from delivery d where d.activity_key = a.key and not d.dead)",
        actor);
    return sql.one("select 1 from activity where actor = ? limit 1", row -> 1, actor).isPresent();
  }
}
