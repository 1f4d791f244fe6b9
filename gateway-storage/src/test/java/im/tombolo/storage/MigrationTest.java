package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The schema and its version. */
class MigrationTest extends OnStorage {
  @Test
  void theNewestMigrationIsTheOneThatStorageKnows() {
    assertThat(Storage.flyway(server.settings(2)).info().current().getVersion().getVersion())
        .isEqualTo(Integer.toString(Storage.NEWEST_MIGRATION));
  }

  @Test
  void aDatabaseThatIsCurrentIsOpenedAgain() {
    try (Storage again = Storage.open(server.settings(2), () -> NOW)) {
      assertThat(again.<Long>inTransaction(session -> session.stanzas().waiting())).isZero();
    }
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() {
    sql(
        "insert into flyway_schema_history"
            + " (installed_rank, version, description, type, script, installed_by, execution_time,"
            + " success) values (999, '999', 'future', 'SQL', 'V999__future.sql', 'x', 1, true)");
    try {
      assertThatThrownBy(() -> Storage.open(server.settings(2), () -> NOW))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("newer version")
          .hasMessageContaining("999");
    } finally {
      sql("delete from flyway_schema_history where installed_rank = 999");
    }
  }
}
