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

/**
 * What senders of messages are told when a peer took them, or never will. Works inside the
 * transaction that ends the delivery, so each is told once.
 */
public final class MessageEnds {
  /** So long a message can be corrected, taken back and answered. */
  public static final Duration REMEMBERED = Duration.ofDays(180);

  private static final int BATCH = 1_000;

  private final Store store;
  private final BridgeSettings settings;

  public MessageEnds(Store store, BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** The peer has it: who asked for a receipt gets it (XEP-0184). */
  public void taken(Session session, Delivery delivery) {
    for (Waiting waiting : session.messages().ended(delivery.activityKey(), delivery.inbox())) {
      if (waiting.wantsReceipt() && !waiting.stanzaId().isEmpty()) {
        Envelope envelope =
            new Envelope(waiting.address(), waiting.sender(), id("receipt", waiting));
        add(session, envelope.id(), waiting, ChatWriter.receipt(envelope, waiting.stanzaId()));
      }
    }
  }

  /**
   * It will never arrive: the sender gets an error in its place.
   *
   * @param isRefused whether the peer said so, else it did not answer in all the time
   */
  public void givenUp(Session session, Delivery delivery, boolean isRefused) {
    for (Waiting waiting : session.messages().ended(delivery.activityKey(), delivery.inbox())) {
      Envelope envelope = new Envelope(waiting.address(), waiting.sender(), waiting.stanzaId());
      String host = delivery.inbox().getHost();
      Element error =
          isRefused
              ? ChatWriter.failure(
                  envelope,
                  "cancel",
                  "undefined-condition",
                  "This message was not delivered: " + host + " did not accept it.")
              : ChatWriter.failure(
                  envelope,
                  "wait",
                  "remote-server-timeout",
                  "This message was not delivered: " + host + " did not answer.");
      add(session, id("failure", waiting), waiting, error);
    }
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
