package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.atom.ChatWriter;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Messages.Waiting;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.time.Duration;
import java.util.List;

/**
 * What senders of messages are told when a peer took them, or never will. Works inside the
 * transaction that ends the delivery, so each is told once.
 */
public final class MessageEnds {
  /** So long a message can be corrected, taken back and answered. */
  public static final Duration REMEMBERED = Duration.ofDays(180);

  private static final int BATCH = 1_000;
  // As long as the device that sent a message is likely to be there.
  private static final Duration PRESENT = Duration.ofMinutes(5);

  private final Store store;
  private final BridgeSettings settings;

  public MessageEnds(Store store, BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** The peers have them: who asked for a receipt gets it (XEP-0184). */
  public void taken(Session session, List<Delivery> deliveries) {
    for (Waiting waiting : session.messages().ended(deliveries)) {
      if (waiting.wantsReceipt() && !waiting.stanzaId().isEmpty()) {
        Envelope envelope =
            new Envelope(waiting.address(), waiting.sender(), id("receipt", waiting));
        add(session, envelope.id(), waiting, ChatWriter.receipt(envelope, waiting.stanzaId()));
      }
    }
  }

  /**
   * It will never arrive: the sender gets an error in its place. Errors are for the one device that
   * sent the message; after a while that may be gone, so the person is told in words as well.
   *
   * @param isRefused whether the peer said so, else it did not answer in all the time
   */
  public void givenUp(Session session, Delivery delivery, boolean isRefused) {
    boolean isLate = delivery.firstQueued().plus(PRESENT).isBefore(settings.clock().instant());
    String host = delivery.inbox().getHost();
    String why =
        "was not delivered: " + host + (isRefused ? " did not accept it." : " did not answer.");
    for (Waiting waiting : session.messages().ended(List.of(delivery))) {
      Envelope envelope = new Envelope(waiting.address(), waiting.sender(), waiting.stanzaId());
      Element error =
          ChatWriter.failure(
              envelope,
              isRefused ? "cancel" : "wait",
              isRefused ? "undefined-condition" : "remote-server-timeout",
              "This message " + why);
      add(session, id("failure", waiting), waiting, error);
      if (isLate) {
        tell(session, waiting, "Your message of " + delivery.firstQueued() + " " + why);
      }
    }
  }

  private static void tell(Session session, Waiting waiting, String words) {
    Envelope envelope =
        new Envelope(waiting.address(), waiting.sender().bare(), id("words", waiting));
    session
        .stanzas()
        .add(envelope.id(), envelope.to(), XmlWriter.write(ChatWriter.notice(envelope, words)));
  }

  private static String id(String what, Waiting waiting) {
    return Ids.key(what, waiting.activityKey(), waiting.address().toString());
  }

  private static void add(Session session, String id, Waiting waiting, Element stanza) {
    session.stanzas().add(id, waiting.sender(), XmlWriter.write(stanza));
  }

  /** Forgets some old messages; how many. */
  public int forgetOld() {
    return store.inTransaction(session ->
        session.messages().forgetBefore(settings.clock().instant().minus(REMEMBERED), BATCH));
  }
}
