package im.tombolo.storage;

import im.tombolo.core.port.Keys;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

record SqlKeys(Sql sql, InstantSource clock) implements Keys {
  private static final String PAIRS = "rsa_public, rsa_private, ed25519_public, ed25519_private";

  @Override
  public Optional<Assigned> find(String owner) {
    return sql.one(
        "select " + PAIRS + ", since from actor_key where owner = ?",
        row -> new Assigned(pairs(row), row.time(5)),
        owner);
  }

  @Override
  public Optional<Assigned> assign(String owner) {
    Optional<Assigned> held = find(owner);
    if (held.isPresent()) {
      return held;
    }
    sql.one(
            "delete from spare_key where id = (select id from spare_key order by id limit 1"
                + " for update skip locked) returning "
                + PAIRS,
            SqlKeys::pairs)
        .ifPresent(spare ->
            sql.update(
                "insert into actor_key (owner, "
                    + PAIRS
                    + ", since) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                owner,
                spare.rsa().publicPem(),
                spare.rsa().privatePem(),
                spare.ed25519().publicPem(),
                spare.ed25519().privatePem(),
                clock.instant()));
    return find(owner);
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
        pairs.rsa().privatePem(),
        pairs.ed25519().publicPem(),
        pairs.ed25519().privatePem());
  }

  private static ActorPairs pairs(Sql.Row row) throws SQLException {
    return new ActorPairs(
        new KeyPairPem(row.text(1), row.text(2)), new KeyPairPem(row.text(3), row.text(4)));
  }
}
