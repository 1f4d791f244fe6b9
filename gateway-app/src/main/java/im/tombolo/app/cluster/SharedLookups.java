package im.tombolo.app.cluster;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Lookups.Found;
import im.tombolo.storage.Figures;
import im.tombolo.storage.Figures.Leader;
import im.tombolo.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts that nobody knows yet, for processes without the component link: they write down whom
 * they want to know about, the leader asks the XMPP server and writes down what it found. Any
 * thread.
 */
public final class SharedLookups implements Function<Jid, Answer<Account>>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedLookups.class);
  // Who asks over HTTP does not wait much longer.
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int AT_ONCE = 32;

  private final Storage storage;
  private final InstantSource clock;
  private final BooleanSupplier isLeader;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public SharedLookups(Storage storage, InstantSource clock, BooleanSupplier isLeader) {
    this.storage = storage;
    this.clock = clock;
    this.isLeader = isLeader;
  }

  /** Lets the leader look for an account, and waits for what it finds. */
  @Override
  public Answer<Account> apply(Jid account) {
    boolean isThere =
        !isLeader.getAsBoolean()
            && storage.figures(Figures::leader).filter(Leader::hasLink).isPresent();
    if (!isThere) {
      return new Answer.Unavailable<>("the XMPP link is down");
    }
    Instant asked = clock.instant();
    if (!storage.inTransaction(session -> session.lookups().ask(account, asked))) {
      return new Answer.Unavailable<>("too many accounts are looked for");
    }
    return answer(account, asked.plus(PATIENCE));
  }

  private Answer<Account> answer(Jid account, Instant end) {
    try {
      while (clock.instant().isBefore(end)) {
        Thread.sleep(BETWEEN_LOOKS);
        Optional<Answer<Account>> answer =
            storage.inTransaction(session ->
                session
                    .lookups()
                    .found(account)
                    .map(found ->
                        switch (found) {
                          case THERE ->
                              session
                                  .accounts()
                                  .find(account)
                                  .<Answer<Account>>map(Answer::got)
                                  .orElseGet(Answer.Missing::new);
                          case MISSING -> new Answer.Missing<Account>();
                          case UNKNOWN ->
                              new Answer.Unavailable<Account>("the XMPP server did not say");
                        }));
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return new Answer.Unavailable<>("the process with the XMPP link did not answer");
  }

  /** Looks for what others want to know; for the leader. Says how many that were. */
  public int runDue(LocalAccounts accounts) {
    int free = places.availablePermits();
    if (free == 0) {
      return 0;
    }
    Instant now = clock.instant();
    List<Jid> wanted =
        storage.inTransaction(session -> session.lookups().claim(now, now.plus(LEASE), free));
    for (Jid account : wanted) {
      places.acquireUninterruptibly();
      threads.execute(() -> {
        try {
          answer(accounts, account);
        } finally {
          places.release();
        }
      });
    }
    return wanted.size();
  }

  private void answer(LocalAccounts accounts, Jid account) {
    try {
      Found found =
          switch (accounts.probe(account)) {
            case Answer.Got<Account> there -> Found.THERE;
            case Answer.Unavailable<Account> silent -> Found.UNKNOWN;
            case Answer<Account> none -> Found.MISSING;
          };
      storage.inTransaction(session -> {
        session.lookups().answer(account, found);
        return true;
      });
    } catch (RuntimeException failed) {
      LOG.warn("looking for {} failed", account, failed);
    }
  }

  /** Forgets old answers; for the leader. */
  public int forgetOld() {
    Instant before = clock.instant().minus(REMEMBERED);
    storage.inTransaction(session -> {
      session.lookups().forget(before);
      return true;
    });
    return 0;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
