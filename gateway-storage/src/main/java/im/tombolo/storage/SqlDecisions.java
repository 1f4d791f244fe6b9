package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.port.Decisions;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

record SqlDecisions(Sql sql) implements Decisions {
  @Override
  public void lock(URI post, URI community) {
    sql.update(
        "insert into locked_post (post, community) values (?, ?) on conflict do nothing",
        post,
        community);
  }

  @Override
  public void unlock(URI post, URI community) {
    sql.update("delete from locked_post where post = ? and community = ?", post, community);
  }

  @Override
  public boolean isLocked(URI post) {
    return sql.number("select count(*) from locked_post where post = ?", post) > 0;
  }

  @Override
  public void ban(Jid person, URI community) {
    sql.update(
        "insert into ban (person, community) values (?, ?) on conflict do nothing",
        person,
        community);
  }

  @Override
  public void pardon(Jid person, URI community) {
    sql.update("delete from ban where person = ? and community = ?", person, community);
  }

  @Override
  public boolean isBanned(Jid person, URI community) {
    return sql.number(
            "select count(*) from ban where person = ? and community = ?", person, community)
        > 0;
  }

  @Override
  public Map<Jid, Affiliation> affiliations(Jid community) {
    Map<Jid, Affiliation> all = new LinkedHashMap<>();
    sql.list(
            "select jid, affiliation from affiliation where community = ? order by jid",
            row -> Map.entry(Jid.of(row.text(1)), Affiliation.valueOf(row.text(2))),
            community)
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    return all;
  }

  @Override
  public void saveAffiliations(Jid community, Map<Jid, Affiliation> all) {
    sql.update("delete from affiliation where community = ?", community);
    all.forEach((jid, affiliation) ->
        sql.update(
            "insert into affiliation (community, jid, affiliation) values (?, ?, ?)",
            community,
            jid,
            affiliation.name()));
  }

  @Override
  public boolean pin(Jid community, URI post, Instant at) {
    return sql.update(
            "insert into pinned_post (community, post, at) values (?, ?, ?) on conflict do nothing",
            community,
            post,
            at)
        > 0;
  }

  @Override
  public boolean unpin(Jid community, URI post) {
    return sql.update("delete from pinned_post where community = ? and post = ?", community, post)
        > 0;
  }

  @Override
  public List<URI> pinned(Jid community, int max) {
    return sql.list(
        "select post from pinned_post where community = ? order by at desc, post limit ?",
        row -> URI.create(row.text(1)),
        community,
        max);
  }
}
