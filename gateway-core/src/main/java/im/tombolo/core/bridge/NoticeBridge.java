package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.NoticeChoice;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import java.util.function.UnaryOperator;

/** People decide of what they are told in words. Safe for any thread. */
public final class NoticeBridge {
  private final Store store;
  private final BridgeSettings settings;

  public NoticeBridge(Store store, BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * Changes what somebody wants to be told.
   *
   * @return what they want now; {@link Answer.Closed} for who is not served here
   */
  public Answer<NoticeChoice> choose(Jid from, UnaryOperator<NoticeChoice> change) {
    Jid person = from.bare();
    if (!settings.urls().serves(person)) {
      return new Answer.Closed<>();
    }
    return Answer.got(
        store.inTransaction(session -> {
          NoticeChoice before = session.noticeChoices().of(person);
          NoticeChoice after = change.apply(before);
          if (!after.equals(before)) {
            session.noticeChoices().save(person, after);
          }
          return after;
        }));
  }
}
