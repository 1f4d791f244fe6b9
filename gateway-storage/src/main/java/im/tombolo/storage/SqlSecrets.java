package im.tombolo.storage;

import im.tombolo.core.port.Secrets;

record SqlSecrets(Sql sql) implements Secrets {
  @Override
  public byte[] keep(String name, byte[] fresh) {
    sql.update(
        "insert into secret (name, bytes) values (?, ?) on conflict do nothing", name, fresh);
    return sql.one("select bytes from secret where name = ?", row -> row.bytes(1), name)
        .orElseThrow();
  }
}
