package im.tombolo.storage;

import im.tombolo.core.model.Picture;
import im.tombolo.core.port.Pictures;
import java.util.Optional;

record SqlPictures(Sql sql) implements Pictures {
  @Override
  public Optional<Picture> find(String sha1) {
    return sql.one(
        "select sha1, media_type, width, height, bytes from picture where sha1 = ?",
        row -> new Picture(row.text(1), row.text(2), row.integer(3), row.integer(4), row.bytes(5)),
        sha1);
  }

  @Override
  public void save(Picture picture) {
    sql.update(
        "insert into picture values (?, ?, ?, ?, ?) on conflict do nothing",
        picture.sha1(),
        picture.mediaType(),
        picture.width(),
        picture.height(),
        picture.bytes());
  }
}
