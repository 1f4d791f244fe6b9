package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import java.util.List;
import java.util.Optional;

/** What a message from XMPP to people of the fediverse asks for. */
public sealed interface ChatMessage {
  /**
   * What goes with a message.
   *
   * @param stanzaId the stanza's own id; empty when it has none
   * @param names by which clients may refer to it: origin-id first (XEP-0359), then the stanza's
   * @param addressed everybody else whom it is for (XEP-0033)
   * @param thread RFC 6121 §5.2.5
   * @param wantsReceipt XEP-0184
   */
  record Header(
      String stanzaId,
      List<String> names,
      List<Jid> addressed,
      Optional<String> thread,
      boolean wantsReceipt) {
    public Header {
      names = List.copyOf(names);
      addressed = List.copyOf(addressed);
    }
  }

  /**
   * Something is said.
   *
   * @param text plain; may be empty when there are files
   * @param answers name of the message that it answers (XEP-0461)
   * @param replaces name of the message of which it is the new state (XEP-0308)
   */
  record Words(
      Header header,
      String text,
      Optional<String> language,
      List<Attachment> files,
      Optional<String> answers,
      Optional<String> replaces)
      implements ChatMessage {
    public Words {
      files = List.copyOf(files);
    }
  }

  /** A message is taken back, by the name that it had (XEP-0424). */
  record Retraction(Header header, String of) implements ChatMessage {}

  /**
   * All that somebody thinks of a message (XEP-0444).
   *
   * @param of the message's name
   * @param emojis without duplicates; none takes back what there was
   */
  record Reactions(Header header, String of, List<String> emojis) implements ChatMessage {
    public Reactions {
      emojis = List.copyOf(emojis);
    }
  }

  /**
   * Nobody but an XMPP client could read it.
   *
   * @param method such as {@code OMEMO}
   */
  record Encrypted(String method) implements ChatMessage {}

  /** An answer to an event that does not say to which (XEP-0471 §Private RSVP). */
  record PrivateAnswer() implements ChatMessage {}

  /** Nothing that another network had to know: chat states, markers, receipts. */
  record Silent() implements ChatMessage {}
}
