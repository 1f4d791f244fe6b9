package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Stanzas;
import java.util.Collection;
import java.util.List;
import java.util.Set;

record SqlStanzas(Sql sql, Set<Queue> queued) implements Stanzas {
  @Override
  public void add(String id, Jid to, String xml) {
    queued.add(Queue.STANZAS);
    sql.later(
        "stanza",
        "insert into stanza (stanza_id, recipient, xml) values (?, ?, ?) on conflict do nothing",
        id,
        to,
        xml);
  }

  @Override
  public List<Row> next(Collection<Long> besides, int max) {
    return sql.list(
        "select id, recipient, xml from stanza where id <> all(?) order by id limit ?",
        row -> new Row(row.number(1), Jid.of(row.text(2)), row.text(3)),
        besides.toArray(Long[]::new),
        max);
  }

  @Override
  public void sent(Collection<Long> ids) {
    sql.update("delete from stanza where id = any(?)", (Object) ids.toArray(Long[]::new));
  }

  @Override
  public long waiting() {
    return sql.number("select count(*) from stanza");
  }
}
