package im.tombolo.storage;

import im.tombolo.core.port.Keys;
import java.sql.SQLException;
import java.util.Optional;

record SqlKeys(Sql sql) implements Keys {
  @Override
  public Optional<KeyPairPem> find(String owner) {
    return sql.one(
        "select public_pem, private_pem from actor_key where owner = ?", SqlKeys::pair, owner);
  }

  @Override
  public Optional<KeyPairPem> assign(String owner) {
    Optional<KeyPairPem> held = find(owner);
    if (held.isPresent()) {
      return held;
    }
    Optional<KeyPairPem> spare =
        sql.one(
            "delete from spare_key where id = (select id from spare_key order by id limit 1"
                + " for update skip locked) returning public_pem, private_pem",
            SqlKeys::pair);
    spare.ifPresent(pair ->
        sql.update(
            "insert into actor_key values (?, ?, ?) on conflict do nothing",
            owner,
            pair.publicPem(),
            pair.privatePem()));
    return find(owner);
  }

  @Override
  public long spares() {
    return sql.number("select count(*) from spare_key");
  }

  @Override
  public void addSpare(KeyPairPem pair) {
    sql.update(
        "insert into spare_key (public_pem, private_pem) values (?, ?)",
        pair.publicPem(),
        pair.privatePem());
  }

  private static KeyPairPem pair(Sql.Row row) throws SQLException {
    return new KeyPairPem(row.text(1), row.text(2));
  }
}
