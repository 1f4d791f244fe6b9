package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.port.XmppNetwork.Privileged;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;

/**
 * People whose blogs strangers cannot read let the gateway carry them to followers whom they
 * approve, where the server lets us read in their name (XEP-0356). Safe for any thread.
 */
public final class ClosedBlogBridge {
  private final Store store;
  private final XmppNetwork network;
  private final ApprovalBridge approvals;
  private final BridgeSettings settings;

  public ClosedBlogBridge(
      Store store, XmppNetwork network, ApprovalBridge approvals, BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.approvals = approvals;
    this.settings = settings;
  }

  /** What came of the wish. */
  public sealed interface Chosen {
    /**
     * @param followers who follow by now, and get what is posted
     */
    record Carried(long followers) implements Chosen {}

    record NotCarried() implements Chosen {}

    /** The XMPP server does not let us read in the name of its people. */
    record NotLent() implements Chosen {}

    /** There is no blog. */
    record NoBlog() implements Chosen {}
  }

  /** Whether somebody's closed blog is carried. */
  public boolean isOn(Jid from) {
    return store.inTransaction(session -> session.closedBlogs().isCarried(from.bare()));
  }

  /**
   * Carries a closed blog from now on, or takes back what was.
   *
   * @return {@link Answer.Closed} for who is not served here
   */
  public Answer<Chosen> choose(Jid from, boolean on) {
    Jid person = from.bare();
    if (!settings.urls().serves(person)) {
      return new Answer.Closed<>();
    }
    return on ? carry(person) : Answer.got(leave(person));
  }

  private Answer<Chosen> carry(Jid person) {
    Optional<Privileged> own = network.privileged(person);
    if (own.isEmpty()) {
      return Answer.got(new Chosen.NotLent());
    }
    return switch (own.get().newestItems(Namespaces.MICROBLOG, 1)) {
      case Answer.Got<List<Item>> there -> {
        // So that we are told of what happens there; where that is refused, it is looked for.
        own.get().admit(Namespaces.MICROBLOG, settings.virtual().component());
        yield Answer.got(note(person, true));
      }
      case Answer.Unavailable<List<Item>>(String reason) -> new Answer.Unavailable<>(reason);
      case Answer<List<Item>> none -> Answer.got(new Chosen.NoBlog());
    };
  }

  private Chosen leave(Jid person) {
    return note(person, false);
  }

  private Chosen note(Jid person, boolean on) {
    store.inTransaction(session -> {
      session.closedBlogs().carry(person, on);
      session.accounts().reconcileBy(person, settings.clock().instant());
      return true;
    });
    if (!on) {
      return new Chosen.NotCarried();
    }
    approvals.choose(person, true);
    return new Chosen.Carried(store.inTransaction(session -> session.followers().count(person)));
  }
}
