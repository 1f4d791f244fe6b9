package im.tombolo.storage;

import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.port.Reactions;
import java.net.URI;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

record SqlReactions(Sql sql) implements Reactions {
  private static final String COLUMNS =
      "select post, actor, emoji, activity, item, at from reaction where ";
  private static final String LIKE = "";

  @Override
  public boolean add(Reaction reaction) {
    long there = sql.number("select count(*) from reaction where post = ?", reaction.post());
    return there < MAX_OF_POST
        && sql.update(
                "insert into reaction (post, actor, emoji, activity, item, at)"
                    + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                reaction.post(),
                reaction.actor(),
                reaction.emoji().orElse(LIKE),
                reaction.activity(),
                reaction.item(),
                reaction.at())
            > 0;
  }

  @Override
  public List<Reaction> of(URI post, URI actor) {
    return sql.list(
        COLUMNS + "post = ? and actor = ? order by emoji <> '', at, emoji",
        SqlReactions::reaction,
        post,
        actor);
  }

  @Override
  public Optional<Reaction> find(URI activity) {
    return sql.one(COLUMNS + "activity = ?", SqlReactions::reaction, activity);
  }

  @Override
  public Optional<Reaction> findByItem(URI post, String item) {
    return sql.one(COLUMNS + "post = ? and item = ?", SqlReactions::reaction, post, item);
  }

  @Override
  public void remove(Reaction reaction) {
    sql.update(
        "delete from reaction where post = ? and actor = ? and emoji = ?",
        reaction.post(),
        reaction.actor(),
        reaction.emoji().orElse(LIKE));
  }

  @Override
  public List<Reaction> ofPost(URI post, int max) {
    return sql.list(
        "select post, actor, emoji, activity, item, at from (select r.*, min(at) over"
            + " (partition by actor) as began from reaction r where post = ?) as all_of_them"
            + " order by began, actor, emoji <> '', at, emoji limit ?",
        SqlReactions::reaction,
        post,
        max);
  }

  @Override
  public List<Reaction> likes(URI post, int max) {
    return sql.list(
        COLUMNS + "post = ? and emoji = '' order by at, actor limit ?",
        SqlReactions::reaction,
        post,
        max);
  }

  @Override
  public ReactionCounts count(URI post) {
    SequencedMap<String, Long> emojis = new LinkedHashMap<>();
    sql.list(
            "select emoji, count(*) from reaction where post = ? group by emoji"
                + " order by count(*) desc, min(at), emoji",
            row -> Map.entry(row.text(1), row.number(2)),
            post)
        .forEach(entry -> emojis.put(entry.getKey(), entry.getValue()));
    Long likes = emojis.remove(LIKE);
    return new ReactionCounts(likes == null ? 0 : likes, emojis);
  }

  @Override
  public List<Reaction> ofActor(URI actor, int max) {
    return sql.list(COLUMNS + "actor = ? limit ?", SqlReactions::reaction, actor, max);
  }

  @Override
  public void removeOf(URI post) {
    sql.update("delete from reaction where post = ?", post);
  }

  private static Reaction reaction(Sql.Row row) throws SQLException {
    return new Reaction(
        URI.create(row.text(1)),
        URI.create(row.text(2)),
        Optional.of(row.text(3)).filter(emoji -> !emoji.equals(LIKE)),
        URI.create(row.text(4)),
        row.optional(5),
        row.time(6));
  }
}
