package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.port.Deliveries.Delivery;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Direct messages between the networks, without what they say, and who waits for their end. */
public interface Messages {
  /** Inserts, or replaces what is known of the same message of the same owner. */
  void save(DirectMessage message);

  Optional<DirectMessage> find(Jid owner, URI object);

  /** Everybody here who has a message. */
  List<DirectMessage> copies(URI object);

  /** By one of its names on XMPP; of several the newest. */
  Optional<DirectMessage> named(Jid owner, URI peer, String stanzaId);

  /**
   * The newest of a thread that is still there and was said among all of certain people, and maybe
   * others: clients give one name to threads with several peers.
   *
   * @param among actor ids
   */
  Optional<DirectMessage> lastOfThread(Jid owner, String thread, Set<URI> among);

  Optional<DirectMessage> lastOfContext(Jid owner, URI context);

  /** The newest that was said among certain people since then and is still there. */
  Optional<DirectMessage> lastOfCircle(Jid owner, String circle, Instant since);

  /** How the owner spelled a peer's address at last. */
  Optional<Jid> spelling(Jid owner, URI peer);

  /** Messages that a peer wrote and that were kept since then. */
  long count(Jid owner, URI peer, Instant since);

  /** In no order. */
  List<DirectMessage> ofOwner(Jid owner, int max);

  /** Forgets what was kept before; returns how many. */
  int forgetBefore(Instant before, int max);

  /** Keeps who has to be told when a delivery ends. */
  void await(Waiting waiting);

  /**
   * Deliveries have ended: those who waited for them wait no more. After the last one of an
   * activity it is forgotten, with all that it says.
   */
  List<Waiting> ended(List<Delivery> deliveries);

  /**
   * @param sender full JID
   * @param address the virtual JID as it was written to
   * @param stanzaId empty when the stanza had none
   * @param wantsReceipt also when all went well
   */
  record Waiting(
      String activityKey,
      URI inbox,
      Jid sender,
      Jid address,
      String stanzaId,
      boolean wantsReceipt) {}
}
