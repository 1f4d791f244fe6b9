package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to the XMPP server, kept up: connects, pings (XEP-0199), notices death, connects again.
 * While it is down, sending says so and questions are answered {@link Answer.Unavailable}; nothing
 * throws. It can be cut and started again, as the right to have it goes from process to process.
 * Any thread.
 */
public final class ComponentLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentLink.class);
  private static final int MISSED_PINGS = 2;
  private static final Duration STOP = Duration.ofSeconds(5);

  private final LinkSettings settings;
  private final Requests requests;
  private final Privileges privileges;
  private final Backoff backoff;
  private volatile Term term = Term.none();
  private volatile @Nullable ComponentStream stream;
  private volatile @Nullable Thread keeper;
  private String lastProblem = "";

  public ComponentLink(LinkSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.privileges = new Privileges(settings.domains());
    LinkSettings.Limits limits = settings.limits();
    this.requests =
        new Requests(
            settings.component(), limits.requestTimeout(), limits.requestsAtOnce(), random);
    this.backoff = new Backoff(limits.shortestWait(), limits.longestWait(), random);
  }

  /**
   * A time for which the link is ours.
   *
   * @param isOurs whether it still is; asked before all that is written
   * @param over counted down when somebody ended it
   */
  private record Term(BooleanSupplier isOurs, CountDownLatch over) {
    static Term none() {
      return new Term(() -> false, new CountDownLatch(0));
    }

    boolean isOver() {
      return over.getCount() == 0;
    }
  }

  /** Starts to connect; nobody else wants the link. */
  public void start(Consumer<Element> stanzas) {
    start(stanzas, () -> true);
  }

  /**
   * Starts to connect.
   *
   * @param stanzas takes what arrives, on the reading thread: it must not wait for answers of the
   *     XMPP server
   * @param isOurs false from when on another process may have the link; nothing is sent then
   */
  public synchronized void start(Consumer<Element> stanzas, BooleanSupplier isOurs) {
    Term next = new Term(isOurs, new CountDownLatch(1));
    term = next;
    keeper = Thread.ofVirtual().name("xmpp-link").start(() -> keepUp(next, stanzas));
  }

  public boolean connected() {
    return stream != null && term.isOurs().getAsBoolean();
  }

  public Jid self() {
    return settings.component();
  }

  /** Whether somebody is of a domain that we serve. */
  boolean serves(Jid jid) {
    return settings.domains().stream().anyMatch(domain -> domain.domain().equals(jid.domain()));
  }

  LinkSettings.Limits limits() {
    return settings.limits();
  }

  /**
   * Writes a stanza of the namespace jabber:client.
   *
   * @return false when the link is down; what was sent shortly before it went down may be lost too
   */
  public boolean send(Element stanza) {
    ComponentStream current = stream;
    return current != null && term.isOurs().getAsBoolean() && current.send(stanza);
  }

  /**
   * @param type get or set
   * @return the whole result stanza
   */
  Answer<Element> ask(Jid to, String type, Element payload) {
    return connected()
        ? requests.ask(to, type, payload, this::send)
        : new Answer.Unavailable<>(Requests.DOWN);
  }

  /** As {@link #ask}, in the name of another JID of ours. */
  Answer<Element> askAs(Jid from, Jid to, String type, Element payload) {
    return connected()
        ? requests.ask(new Requests.Question(from, to, type, payload), this::send)
        : new Answer.Unavailable<>(Requests.DOWN);
  }

  /** Domain and namespace of each kind of question that the server lets us ask for its people. */
  public List<String> lent() {
    return connected() ? privileges.list() : List.of();
  }

  /** Whether the server lets us read an account's nodes in its own name. */
  boolean lends(Jid account) {
    return connected() && privileges.allow(account, Namespaces.PUBSUB, "get");
  }

  /**
   * Asks an account's own service in its own name (XEP-0356 §6.4).
   *
   * @return the inner result, or {@link Answer.Closed} when the server does not let us
   */
  Answer<Element> askPrivileged(Jid account, String type, Element payload) {
    return privileges.allow(account, payload.namespace(), type)
        ? ask(account, type, privileges.wrap(account, type, payload)).flatMap(Privileges::unwrap)
        : new Answer.Closed<>();
  }

  /**
   * Writes stanzas, and behind them, on the same stream, the question whether the server has read
   * them (XEP-0199).
   *
   * @return whether it has, once that is known; empty when the link is down
   */
  Optional<Future<Boolean>> deliver(List<Element> stanzas) {
    ComponentStream current = stream;
    if (current == null || !connected() || !current.send(stanzas)) {
      return Optional.empty();
    }
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("xmpp-receipt")
        .start(() -> answered.complete(isAnswered(current::send)));
    return Optional.of(answered);
  }

  /** True when the server answered: it has then read all that was sent before. */
  boolean ping() {
    return connected() && isAnswered(this::send);
  }

  /** Any answer counts, also an error: it comes after what was written before it. */
  private boolean isAnswered(Predicate<Element> send) {
    return requests.isAnswered(
        settings.server(), Element.of("ping", Namespaces.PING).build(), send);
  }

  private void keepUp(Term ours, Consumer<Element> stanzas) {
    while (!ours.isOver()) {
      try (ComponentStream current = ComponentStream.open(settings)) {
        up(ours, current, stanzas);
      } catch (StreamEndedException failed) {
        tell(failed.diagnosis());
      } catch (RuntimeException unforeseen) {
        LOG.warn("XMPP link down: a fault of the gateway; it connects again", unforeseen);
      }
      if (!ours.isOver()) {
        pause(ours, backoff.next());
      }
    }
  }

  private void up(Term ours, ComponentStream current, Consumer<Element> stanzas) {
    if (!isTaken(ours, current)) {
      return;
    }
    LOG.info("XMPP link up: {}", settings);
    lastProblem = "";
    Thread watcher = Thread.ofVirtual().name("xmpp-watch").start(() -> watch(ours, current));
    privileges.forget();
    StreamEndedException end =
        current.read(stanza -> {
          backoff.succeeded();
          arrived(stanza, stanzas);
        });
    leave(current);
    watcher.interrupt();
    requests.giveUp();
    if (!ours.isOver()) {
      tell(end.diagnosis());
    }
  }

  private synchronized boolean isTaken(Term ours, ComponentStream current) {
    if (!ours.isOver()) {
      stream = current;
    }
    return !ours.isOver();
  }

  private synchronized void leave(ComponentStream current) {
    if (stream == current) {
      stream = null;
    }
  }

  private void arrived(Element stanza, Consumer<Element> others) {
    if (StanzaErrors.isAnswer(stanza)) {
      requests.answered(stanza);
    } else if (!privileges.take(stanza)) {
      others.accept(stanza);
    }
  }

  /** Cuts a stream whose other end is gone without a word. */
  private void watch(Term ours, ComponentStream current) {
    int missed = 0;
    while (missed < MISSED_PINGS) {
      if (!pause(ours, settings.limits().pingInterval()) || stream != current) {
        return;
      }
      missed = isAlive() ? 0 : missed + 1;
    }
    current.giveUp();
  }

  /** Pings on a thread of its own: where nobody reads, even writing may never end. */
  private boolean isAlive() {
    CompletableFuture<Boolean> pong = new CompletableFuture<>();
    Thread.ofVirtual().name("xmpp-ping").start(() -> pong.complete(ping()));
    try {
      return pong.get(settings.limits().requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      return false;
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A problem that stays is told once. */
  private void tell(String problem) {
    if (problem.equals(lastProblem)) {
      LOG.debug("XMPP link down: {}", problem);
    } else {
      LOG.warn("XMPP link down: {}", problem);
    }
    lastProblem = problem;
  }

  /** False when interrupted, or when the link was ended meanwhile. */
  private static boolean pause(Term ours, Duration time) {
    try {
      return !ours.over().await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the link at once and without a word: another process may be about to have it. */
  public void cut() {
    end(ComponentStream::close);
  }

  private synchronized void end(Consumer<ComponentStream> farewell) {
    term.over().countDown();
    ComponentStream current = stream;
    stream = null;
    if (current != null) {
      farewell.accept(current);
    }
  }

  /** Ends the link politely. */
  @Override
  public void close() {
    end(ComponentStream::end);
    Thread thread = keeper;
    if (thread != null) {
      try {
        thread.join(STOP);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
