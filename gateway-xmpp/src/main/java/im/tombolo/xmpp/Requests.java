package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * IQ requests that wait for their answers (RFC 6120 §8.2.3). An answer counts only from whom was
 * asked, under an id that nobody can guess. Any thread.
 */
final class Requests {
  static final String DOWN = "the XMPP link is down";
  private static final String STOPPING = "the gateway is stopping";

  private final Jid self;
  private final Duration timeout;
  private final Semaphore places;
  private final String prefix;
  private final AtomicLong counter = new AtomicLong();
  private final ConcurrentMap<String, Pending> pending = new ConcurrentHashMap<>();

  Requests(Jid self, Duration timeout, int atOnce, RandomGenerator random) {
    this.self = self;
    this.timeout = timeout;
    this.places = new Semaphore(atOnce, true);
    this.prefix = Long.toHexString(random.nextLong());
  }

  /**
   * @param from a JID of the component's
   * @param type get or set
   */
  record Question(Jid from, Jid to, String type, Element payload) {}

  private record Pending(String to, CompletableFuture<Answer<Element>> answer) {}

  /**
   * @param type get or set
   * @param send writes a stanza; false when that is not possible
   * @return the whole result stanza, or what its error means
   */
  Answer<Element> ask(Jid to, String type, Element payload, Predicate<Element> send) {
    return ask(new Question(self, to, type, payload), send);
  }

  /** A question that the server shall not know as the component's own. */
  Answer<Element> ask(Question question, Predicate<Element> send) {
    try {
      if (!places.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Answer.Unavailable<>("too many questions wait for the XMPP server");
      }
      try {
        return exchange(question, send).flatMap(Requests::meaning);
      } finally {
        places.release();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer.Unavailable<>(STOPPING);
    }
  }

  /** True when any answer comes, if only an error. Waits in no line. */
  boolean isAnswered(Jid to, Element payload, Predicate<Element> send) {
    try {
      return exchange(new Question(self, to, "get", payload), send) instanceof Answer.Got;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The answer, whatever it says. */
  private Answer<Element> exchange(Question asked, Predicate<Element> send)
      throws InterruptedException {
    String id = prefix + "-" + counter.incrementAndGet();
    Pending question = new Pending(asked.to().toString(), new CompletableFuture<>());
    pending.put(id, question);
    try {
      Element iq =
          Element.of("iq", Namespaces.JABBER_CLIENT)
              .attribute("type", asked.type())
              .attribute("id", id)
              .attribute("from", asked.from().toString())
              .attribute("to", asked.to().toString())
              .child(asked.payload())
              .build();
      return send.test(iq)
          ? question.answer().get(timeout.toMillis(), TimeUnit.MILLISECONDS)
          : new Answer.Unavailable<>(DOWN);
    } catch (TimeoutException silent) {
      return new Answer.Unavailable<>(asked.to() + " did not answer");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      pending.remove(id);
    }
  }

  private static Answer<Element> meaning(Element iq) {
    return iq.attributeOr("type", "").equals("result") ? Answer.got(iq) : StanzaErrors.meaning(iq);
  }

  /** Takes an IQ of type result or error. */
  void answered(Element iq) {
    iq.attribute("id")
        .map(pending::get)
        .filter(asked -> isFrom(asked.to(), iq))
        .ifPresent(asked -> asked.answer().complete(Answer.got(iq)));
  }

  private static boolean isFrom(String asked, Element iq) {
    return iq.attribute("from").filter(from -> from.equalsIgnoreCase(asked)).isPresent();
  }

  /** The stream ended: nobody will answer. */
  void giveUp() {
    pending.values().forEach(asked -> asked.answer().complete(new Answer.Unavailable<>(DOWN)));
  }
}
