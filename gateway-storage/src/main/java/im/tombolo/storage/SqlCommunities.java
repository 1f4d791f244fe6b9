package im.tombolo.storage;

import im.tombolo.core.port.Communities;
import java.net.URI;

record SqlCommunities(Sql sql) implements Communities {
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
}
