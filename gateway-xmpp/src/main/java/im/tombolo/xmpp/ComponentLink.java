package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to the XMPP server, kept up: connects, pings (XEP-0199), notices death, connects again.
 * While it is down, sending says so and questions are answered {@link Answer.Unavailable}; nothing
 * throws. Any thread.
 */
public final class ComponentLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentLink.class);
  private static final int MISSED_PINGS = 2;
  private static final Duration STOP = Duration.ofSeconds(5);

  private final LinkSettings settings;
  private final Requests requests;
  private final Privileges privileges;
  private final Backoff backoff;
  private final CountDownLatch closed = new CountDownLatch(1);
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
   * Starts to connect.
   *
   * @param stanzas takes what arrives, on the reading thread: it must not wait for answers of the
   *     XMPP server
   */
  public void start(Consumer<Element> stanzas) {
    keeper = Thread.ofVirtual().name("xmpp-link").start(() -> keepUp(stanzas));
  }

  public boolean connected() {
    return stream != null;
  }

  public Jid self() {
    return settings.component();
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
    return current != null && current.send(stanza);
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

  /** True when the server answered: it has then read all that was sent before. */
  boolean ping() {
    // Any answer counts, also an error: it comes after what was written before it.
    return connected()
        && requests.isAnswered(
            settings.server(), Element.of("ping", Namespaces.PING).build(), this::send);
  }

  private void keepUp(Consumer<Element> stanzas) {
    while (!isClosed()) {
      try (ComponentStream current = ComponentStream.open(settings)) {
        up(current, stanzas);
      } catch (StreamEndedException failed) {
        tell(failed.diagnosis());
      } catch (RuntimeException unforeseen) {
        LOG.warn("XMPP link down: a fault of the gateway; it connects again", unforeseen);
      }
      if (!isClosed()) {
        pause(backoff.next());
      }
    }
  }

  private void up(ComponentStream current, Consumer<Element> stanzas) {
    stream = current;
    if (isClosed()) {
      stream = null;
      return;
    }
    LOG.info("XMPP link up: {}", settings);
    lastProblem = "";
    Thread watcher = Thread.ofVirtual().name("xmpp-watch").start(() -> watch(current));
    privileges.forget();
    StreamEndedException end =
        current.read(stanza -> {
          backoff.succeeded();
          arrived(stanza, stanzas);
        });
    stream = null;
    watcher.interrupt();
    requests.giveUp();
    if (!isClosed()) {
      tell(end.diagnosis());
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
  private void watch(ComponentStream current) {
    int missed = 0;
    while (missed < MISSED_PINGS) {
      if (!pause(settings.limits().pingInterval()) || stream != current) {
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

  /** False when interrupted or closed meanwhile. */
  private boolean pause(Duration time) {
    try {
      return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    ComponentStream current = stream;
    if (current != null) {
      current.end();
    }
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
