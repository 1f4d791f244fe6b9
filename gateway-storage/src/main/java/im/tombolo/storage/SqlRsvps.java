package im.tombolo.storage;

import im.tombolo.core.model.Attendance;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.port.Rsvps;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

record SqlRsvps(Sql sql) implements Rsvps {
  private static final String SELECT =
      "select event, actor, answer, state, activity, message, at from rsvp where ";

  @Override
  public boolean save(Rsvp rsvp) {
    boolean hasRoom =
        find(rsvp.event(), rsvp.actor()).isPresent()
            || sql.number("select count(*) from rsvp where event = ?", rsvp.event()) < MAX_OF_EVENT;
    if (hasRoom) {
      sql.update(
          "insert into rsvp (event, actor, answer, state, activity, message, at)"
              + " values (?, ?, ?, ?, ?, ?, ?) on conflict (event, actor) do update set"
              + " answer = excluded.answer, state = excluded.state, activity = excluded.activity,"
              + " message = excluded.message, at = excluded.at",
          rsvp.event(),
          rsvp.actor(),
          rsvp.answer(),
          rsvp.state(),
          rsvp.activity(),
          rsvp.message(),
          rsvp.at());
    }
    return hasRoom;
  }

  @Override
  public Optional<Rsvp> find(URI event, URI actor) {
    return sql.one(SELECT + "event = ? and actor = ?", SqlRsvps::rsvp, event, actor);
  }

  @Override
  public Optional<Rsvp> findByActivity(URI activity) {
    return sql.one(SELECT + "activity = ?", SqlRsvps::rsvp, activity);
  }

  @Override
  public void remove(URI event, URI actor) {
    sql.update("delete from rsvp where event = ? and actor = ?", event, actor);
  }

  @Override
  public List<Rsvp> ofEvent(URI event, Optional<URI> after, int max) {
    return after
        .map(last ->
            sql.list(
                SELECT
                    + "event = ? and (at, actor) > (select at, actor from rsvp"
                    + " where event = ? and actor = ?) order by at, actor limit ?",
                SqlRsvps::rsvp,
                event,
                event,
                last,
                max))
        .orElseGet(() ->
            sql.list(SELECT + "event = ? order by at, actor limit ?", SqlRsvps::rsvp, event, max));
  }

  @Override
  public List<Rsvp> ofActor(URI actor, int max) {
    return sql.list(SELECT + "actor = ? limit ?", SqlRsvps::rsvp, actor, max);
  }

  @Override
  public void removeOf(URI event) {
    sql.update("delete from rsvp where event = ?", event);
    sql.update("delete from invitation where event = ?", event);
  }

  @Override
  public Attendance count(URI event) {
    return sql.one(
            "select count(*) filter (where answer = 'YES' and state = 'ACCEPTED'),"
                + " count(*) filter (where answer <> 'NO' and state <> 'REJECTED')"
                + " from rsvp where event = ?",
            row -> new Attendance(row.integer(1), row.integer(2)),
            event)
        .orElse(Attendance.NONE);
  }

  @Override
  public void invite(URI event, URI actor) {
    sql.update(
        "insert into invitation (event, actor) values (?, ?) on conflict do nothing", event, actor);
  }

  @Override
  public boolean isInvited(URI event, URI actor) {
    return sql.number("select count(*) from invitation where event = ? and actor = ?", event, actor)
        > 0;
  }

  private static Rsvp rsvp(Sql.Row row) throws SQLException {
    return new Rsvp(
        URI.create(row.text(1)),
        URI.create(row.text(2)),
        Rsvp.Answer.valueOf(row.text(3)),
        Rsvp.State.valueOf(row.text(4)),
        URI.create(row.text(5)),
        row.optional(6),
        row.time(7));
  }
}
