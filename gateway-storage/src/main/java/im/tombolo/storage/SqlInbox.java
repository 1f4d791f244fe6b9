package im.tombolo.storage;

import im.tombolo.core.port.Inbox;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows, and a row for each lane. Whoever adds to a lane raises its {@code last}, so that who
 * empties it at the same time sees that it is not empty. Lanes are locked in the order of their
 * actors.
 */
record SqlInbox(Sql sql, InstantSource clock, Set<Queue> queued) implements Inbox {
  @Override
  public List<Boolean> add(List<Arrival> arrivals, Instant at) {
    Set<Key> added =
        new HashSet<>(
            sql.list(
                "with added as (insert into inbox (activity_id, audience, actor, post, json, at)"
                    + " select activity_id, audience, actor, post, json, ?"
                    + " from unnest(?, ?, ?, ?, ?) with ordinality"
                    + " come (activity_id, audience, actor, post, json, place) order by place"
                    + " on conflict do nothing returning id, activity_id, audience, actor),"
                    + " lanes as (insert into inbox_lane (actor, last, due)"
                    + " select actor, max(id), ? from added group by actor order by actor"
                    + " on conflict (actor) do update"
                    + " set last = greatest(inbox_lane.last, excluded.last))"
                    + " select activity_id, audience from added",
                row -> new Key(row.text(1), row.text(2)),
                at,
                texts(arrivals, arrival -> arrival.activityId().toString()),
                texts(arrivals, Arrival::audience),
                texts(arrivals, arrival -> arrival.actor().toString()),
                texts(arrivals, arrival -> arrival.post().map(URI::toString).orElse(null)),
                texts(arrivals, Arrival::json),
                at));
    if (!added.isEmpty()) {
      queued.add(Queue.INBOX);
    }
    return arrivals.stream()
        .map(arrival -> added.remove(new Key(arrival.activityId().toString(), arrival.audience())))
        .toList();
  }

  private record Key(String activityId, String audience) {}

  private static String[] texts(List<Arrival> arrivals, Function<Arrival, String> text) {
    return arrivals.stream().map(text).toArray(String[]::new);
  }

  /**
   * Two statements, so that the second sees all that was done in the lanes before they were locked.
   */
  @Override
  public List<Lane> claim(Claim claim, Instant now, Instant leaseUntil) {
    Map<String, Long> lanes = lease(claim, now, leaseUntil);
    if (lanes.isEmpty()) {
      return List.of();
    }
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    sql.list(
        "select lane.actor, r.id, r.activity_id, r.json, r.attempts"
            + " from unnest(?) lane (actor) cross join lateral"
            + " (select *, sum(octet_length(json)) over (order by id) as sum"
            + " from (select id, activity_id, json, attempts from inbox"
            + " where actor = lane.actor and done_at is null order by id limit ?) w) r"
            + " where r.sum <= greatest(?, octet_length(r.json)) order by r.id",
        row ->
            rows.computeIfAbsent(row.text(1), first -> new ArrayList<>())
                .add(new Row(row.number(2), URI.create(row.text(3)), row.text(4), row.integer(5))),
        lanes.keySet().toArray(String[]::new),
        claim.rows(),
        claim.bytes());
    lanes.keySet().forEach(actor -> rows.putIfAbsent(actor, List.of()));
    return rows.entrySet().stream()
        .map(lane ->
            new Lane(
                URI.create(lane.getKey()), lanes.getOrDefault(lane.getKey(), 0L), lane.getValue()))
        .toList();
  }

  private Map<String, Long> lease(Claim claim, Instant now, Instant leaseUntil) {
    Map<String, Long> lanes = new HashMap<>();
    sql.list(
        "with due as (select actor from inbox_lane where asks = ? and due <= ?"
            + " and (leased_until is null or leased_until <= ?)"
            + " order by due limit ? for update skip locked)"
            + " update inbox_lane l set leased_until = ? from due"
            + " where l.actor = due.actor returning l.actor, l.last",
        row -> lanes.put(row.text(1), row.number(2)) == null,
        claim.asks(),
        now,
        now,
        claim.lanes(),
        leaseUntil);
    return lanes;
  }

  @Override
  public void done(Collection<Long> ids) {
    sql.update(
        "update inbox set done_at = ?, json = null where id = any(?)",
        clock.instant(),
        ids.toArray(Long[]::new));
  }

  @Override
  public void release(Collection<End> ends, Instant now) {
    sql.update(
        "with held as (select l.actor, l.last = e.until as empty, e.asks"
            + " from inbox_lane l join unnest(?, ?, ?) e (actor, until, asks)"
            + " on e.actor = l.actor order by l.actor for update of l),"
            + " gone as (delete from inbox_lane l using held"
            + " where l.actor = held.actor and held.empty)"
            + " update inbox_lane l set leased_until = null, due = ?, asks = held.asks"
            + " from held where l.actor = held.actor and not held.empty",
        ends.stream().map(end -> end.actor().toString()).toArray(String[]::new),
        ends.stream().map(End::until).toArray(Long[]::new),
        ends.stream().map(End::asks).toArray(Boolean[]::new),
        now);
    if (ends.stream().anyMatch(End::asks)) {
      queued.add(Queue.INBOX_ASKING);
    }
  }

  @Override
  public void retry(Row row, URI actor, Instant due, String error) {
    sql.update("update inbox set attempts = attempts + 1, error = ? where id = ?", error, row.id());
    sql.update("update inbox_lane set due = ?, leased_until = null where actor = ?", due, actor);
  }

  @Override
  public boolean isWaiting(URI post, URI actor) {
    return sql.one(
            "select 1 from inbox where post = ? and actor <> ? and done_at is null limit 1",
            row -> 1,
            post,
            actor)
        .isPresent();
  }

  @Override
  public int forgetDone(Instant before, int max) {
    return sql.update(
        "delete from inbox where id in (select id from inbox where done_at < ? limit ?)",
        before,
        max);
  }

  @Override
  public long waiting() {
    return sql.number("select count(*) from inbox where done_at is null");
  }

  @Override
  public boolean hasWaiting(int many) {
    return sql.number(
            "select count(*) from (select 1 from inbox where done_at is null limit ?) w", many)
        >= many;
  }
}
