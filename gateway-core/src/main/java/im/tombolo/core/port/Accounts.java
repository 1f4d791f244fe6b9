package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The served accounts that we know. */
public interface Accounts {
  Optional<Account> find(Jid address);

  /** Inserts or replaces. A new account is due for reconciling at once. */
  void save(Account account);

  /**
   * Forgets an account with its followers, follows, blocks, choices, polls, stamps and picture.
   * What it published stays where it was.
   */
  void remove(Jid address);

  /** How many accounts are actors, for NodeInfo. */
  long countActors();

  /**
   * Accounts whose blog is to be compared with their server again, longest due first. They stay due
   * until {@link #reconcileAt} says otherwise.
   */
  List<Account> due(Instant now, int max);

  /** Sets when to compare next; an earlier time that is already set stays. */
  void reconcileBy(Jid address, Instant at);

  /** Sets when to compare next, whatever was set. */
  void reconcileAt(Jid address, Instant at);
}
