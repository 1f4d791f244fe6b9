package im.tombolo.core.bridge;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.ReactionItems;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.PubsubTasks.Task;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.xml.Element;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what people of the fediverse wrote into nodes of XMPP services, and takes it out again. A
 * node that is not there, or does not want it, changes nothing: the gateway goes on showing it. In
 * the process that holds the component link; any thread, several may run it.
 */
public final class PubsubWork {
  private static final Logger LOG = LoggerFactory.getLogger(PubsubWork.class);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private static final Duration PATIENCE = Duration.ofDays(7);
  private static final int MAX_DOUBLINGS = 12;
  private static final int BATCH = 50;

  private final Store store;
  private final XmppNetwork network;
  private final InstantSource clock;
  private final Submissions submissions;

  public PubsubWork(Store store, XmppNetwork network, BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.clock = settings.clock();
    this.submissions = new Submissions(settings);
  }

  /** Works on what is due; how many it were. Nothing while the link is down. */
  public int runDue() {
    if (!network.connected()) {
      return 0;
    }
    Instant now = clock.instant();
    List<Task> tasks =
        store.inTransaction(session -> session.pubsubTasks().claim(now, now.plus(LEASE), BATCH));
    tasks.forEach(this::work);
    return tasks.size();
  }

  /** One that fails must not hold up the others. */
  private Answer<XmppNetwork.Done> asked(Task task) {
    try {
      return task.payload().isPresent()
          ? network.publish(task.as(), task.item(), task.payload().get())
          : retract(task);
    } catch (RuntimeException failed) {
      LOG.warn("{} of {} failed", task.item().node(), task.item().service(), failed);
      return new Answer.Unavailable<>(failed.getClass().getSimpleName());
    }
  }

  private void work(Task task) {
    Answer<XmppNetwork.Done> answer = asked(task);
    store.inTransaction(session -> {
      if (answer instanceof Answer.Unavailable<XmppNetwork.Done>(String reason)
          && task.firstQueued().isAfter(clock.instant().minus(PATIENCE))) {
        session.pubsubTasks().retry(task, clock.instant().plus(wait(task)), reason);
      } else {
        LOG.debug("{} of {}: {}", task.item().node(), task.item().service(), answer);
        session.pubsubTasks().done(task);
        submissions.ended(session, task, answer);
      }
      return true;
    });
  }

  /**
   * Prosody lets only owners retract, in whose name we may ask or not, but everybody overwrite
   * where everybody may publish.
   */
  private Answer<XmppNetwork.Done> retract(Task task) {
    Answer<XmppNetwork.Done> answer = network.retract(task.as(), task.item());
    if (!(answer instanceof Answer.Closed)) {
      return answer;
    }
    Answer<XmppNetwork.Done> owners =
        network
            .privileged(task.item().service())
            .map(owner -> owner.retract(task.item().node(), task.item().id()))
            .orElse(answer);
    return owners instanceof Answer.Got
        ? owners
        : network.publish(task.as(), task.item(), withdrawn(task));
  }

  private Element withdrawn(Task task) {
    if (AttachmentNodes.item(task.item().node()).isPresent()) {
      return ReactionItems.attachments(List.of());
    }
    return EntryWriter.withdrawn(task.item(), task.as(), clock.instant());
  }

  private static Duration wait(Task task) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(task.attempts(), MAX_DOUBLINGS));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
