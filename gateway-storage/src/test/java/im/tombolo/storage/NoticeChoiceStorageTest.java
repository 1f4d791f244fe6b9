package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.NoticeChoice;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What people want to be told, and how much they were. */
class NoticeChoiceStorageTest extends OnStorage {
  private static NoticeChoice choice(Jid account) {
    return ask(session -> session.noticeChoices().of(account));
  }

  private static int count(Jid account, Instant hour) {
    return ask(session -> session.noticeChoices().count(account, hour));
  }

  @Test
  void aChoiceAndACountDoNotTouchEachOther() {
    Jid tybalt = Jid.of("tybalt@example.org");
    assertThat(choice(tybalt)).isEqualTo(NoticeChoice.DEFAULT);
    assertThat(count(tybalt, NOW)).isEqualTo(1);
    act(session -> session.noticeChoices().save(tybalt, new NoticeChoice(false, true)));

    assertThat(count(tybalt, NOW)).isEqualTo(2);
    assertThat(choice(tybalt)).isEqualTo(new NoticeChoice(false, true));
  }

  @Test
  void anotherHourCountsAnew() {
    Jid paris = Jid.of("paris@example.org");
    count(paris, NOW);
    count(paris, NOW);

    assertThat(count(paris, NOW.plus(Duration.ofHours(1)))).isEqualTo(1);
  }

  @Test
  void whoIsForgottenHasChosenNothing() {
    Jid friar = Jid.of("friar@example.org");
    act(session -> session.noticeChoices().save(friar, new NoticeChoice(false, false)));
    act(session -> session.accounts().remove(friar));

    assertThat(choice(friar)).isEqualTo(NoticeChoice.DEFAULT);
  }
}
