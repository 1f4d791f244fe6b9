package im.tombolo.storage;

import im.tombolo.core.port.Keys;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

record SqlKeys(Sql sql, KeyVault vault, InstantSource clock) implements Keys {
  private static final String PAIRS = "rsa_public, rsa_private, ed25519_public, ed25519_private";

  @Override
  public Optional<Assigned> find(String owner) {
    Optional<Former> former =
        sql.one(
            "select " + PAIRS + ", rotated_at from former_key where owner = ?",
            row -> new Former(pairs(row), row.time(5)),
            owner);
    return sql.one(
        "select " + PAIRS + ", since, version from actor_key where owner = ?",
        row -> new Assigned(pairs(row), row.time(5), row.integer(6), former),
        owner);
  }

  @Override
  public Optional<Assigned> assign(String owner) {
    Optional<Assigned> held = find(owner);
    if (held.isPresent()) {
      return held;
    }
    takeSpare()
        .ifPresent(spare ->
            sql.update(
                "insert into actor_key (owner, "
                    + PAIRS
                    + ", since) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                owner,
                spare.rsa().publicPem(),
                vault.close(spare.rsa().privatePem()),
                spare.ed25519().publicPem(),
                vault.close(spare.ed25519().privatePem()),
                clock.instant()));
    return find(owner);
  }

  @Override
  public Optional<Assigned> rotate(String owner) {
    // Held until the end, so that of two rotations at once one sees what the other did.
    boolean isThere =
        sql.one("select 1 from actor_key where owner = ? for update", row -> 1, owner).isPresent();
    Optional<ActorPairs> spare = isThere ? takeSpare() : Optional.empty();
    if (spare.isEmpty()) {
      return Optional.empty();
    }
    sql.update("delete from former_key where owner = ?", owner);
    sql.update(
        "insert into former_key (owner, "
            + PAIRS
            + ", rotated_at) select owner, "
            + PAIRS
            + ", ? from actor_key where owner = ?",
        clock.instant(),
        owner);
    sql.update(
        "update actor_key set rsa_public = ?, rsa_private = ?, ed25519_public = ?,"
            + " ed25519_private = ?, version = version + 1 where owner = ?",
        spare.get().rsa().publicPem(),
        vault.close(spare.get().rsa().privatePem()),
        spare.get().ed25519().publicPem(),
        vault.close(spare.get().ed25519().privatePem()),
        owner);
    return find(owner);
  }

  @Override
  public int forgetFormer(Instant rotatedBefore) {
    return sql.update("delete from former_key where rotated_at < ?", rotatedBefore);
  }

  private Optional<ActorPairs> takeSpare() {
    return sql.one(
        "delete from spare_key where id = (select id from spare_key order by id limit 1"
            + " for update skip locked) returning "
            + PAIRS,
        this::pairs);
  }

  @Override
  public long spares() {
    return sql.number("select count(*) from spare_key");
  }

  @Override
  public void addSpare(ActorPairs pairs) {
    sql.update(
        "insert into spare_key (" + PAIRS + ") values (?, ?, ?, ?)",
        pairs.rsa().publicPem(),
        vault.close(pairs.rsa().privatePem()),
        pairs.ed25519().publicPem(),
        vault.close(pairs.ed25519().privatePem()));
  }

  private ActorPairs pairs(Sql.Row row) throws SQLException {
    return new ActorPairs(
        new KeyPairPem(row.text(1), vault.open(row.text(2))),
        new KeyPairPem(row.text(3), vault.open(row.text(4))));
  }
}
