package im.tombolo.core.model;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is remembered of a message between somebody here and people of the fediverse: everything but
 * what it says. A message to two people here is remembered twice.
 *
 * @param owner the person here, by bare JID
 * @param object the ActivityStreams id
 * @param author actor id of who wrote it
 * @param peer in whose window the owner sees it
 * @param people actor ids of everybody whom it addresses
 * @param place where it stands among others
 * @param dates when
 * @param digest of what it says, which tells an edit from a repetition
 * @param parts what it is on XMPP, at least one
 * @param gone whether it was taken back
 */
public record DirectMessage(
    Jid owner,
    URI object,
    URI author,
    Peer peer,
    Set<URI> people,
    Place place,
    Dates dates,
    String digest,
    List<Part> parts,
    boolean gone) {

  public DirectMessage {
    people = Set.copyOf(people);
    parts = List.copyOf(parts);
  }

  /**
   * @param address the virtual JID as the owner spells it
   */
  public record Peer(URI actor, Jid address) {}

  /**
   * @param thread its name on XMPP (RFC 6121 §5.2.5)
   * @param context its name on the fediverse
   * @param parent id of the message that it answers
   */
  public record Place(String thread, URI context, Optional<URI> parent) {}

  /**
   * Clients show a file by a message of its own.
   *
   * @param stanzaId also another name for the whole, where a client gave it two
   * @param file empty for the text
   */
  public record Part(String stanzaId, Optional<URI> file) {}

  /** Written on the fediverse. */
  public boolean isIncoming() {
    return author.equals(peer.actor());
  }

  /** The name by which clients refer to the whole. */
  public String stanzaId() {
    return parts.getFirst().stanzaId();
  }

  /** Names those among whom it was said, whoever of them said it. */
  public String circle() {
    return circle(author, people);
  }

  public static String circle(URI author, Set<URI> people) {
    return Ids.key(
        Stream.concat(Stream.of(author), people.stream())
            .map(URI::toString)
            .distinct()
            .sorted()
            .toArray(String[]::new));
  }

  /** A later state. */
  public DirectMessage edited(Dates then, String now, List<Part> with) {
    return new DirectMessage(owner, object, author, peer, people, place, then, now, with, gone);
  }

  public DirectMessage retracted() {
    return new DirectMessage(
        owner, object, author, peer, people, place, dates, digest, parts, true);
  }
}
