package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.NoticeChoice;
import java.time.Instant;

/** What people here want to be told in words, and how much they were told of late. */
public interface NoticeChoices {
  /** {@link NoticeChoice#DEFAULT} for who chose nothing. */
  NoticeChoice of(Jid account);

  void save(Jid account, NoticeChoice choice);

  /**
   * Counts one more notice.
   *
   * @param hour when the hour began; the count starts anew with another one
   * @return how many there were in that hour, this one included
   */
  int count(Jid account, Instant hour);
}
