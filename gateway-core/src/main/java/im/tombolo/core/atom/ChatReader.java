package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ADDRESS;
import static im.tombolo.core.xml.Namespaces.FALLBACK;
import static im.tombolo.core.xml.Namespaces.JABBER_CLIENT;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.model.ChatMessage.Header;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.text.Emoji;
import im.tombolo.core.text.Languages;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads messages of type {@code chat} and {@code normal}. */
public final class ChatReader {
  private static final int MAX_ADDRESSES = 100;
  private static final int MAX_FILES = 16;
  // In bytes: names are in indexes of PostgreSQL, which hold 2,704.
  private static final int MAX_NAME = 1_000;

  /** What encrypts, by the namespace of the element that it leaves in a message. */
  private static final Map<String, String> METHODS =
      Map.of(
          "eu.siacs.conversations.axolotl", "OMEMO",
          "urn:xmpp:omemo:1", "OMEMO",
          "urn:xmpp:omemo:2", "OMEMO",
          "urn:xmpp:openpgp:0", "OpenPGP",
          "jabber:x:encrypted", "OpenPGP",
          "urn:xmpp:eme:0", "encryption",
          "urn:xmpp:sce:1", "encryption");

  /** Parts of a body that repeat what elements say. */
  private static final Set<String> REPEATED =
      Set.of(Namespaces.REPLY, Namespaces.SFS, Namespaces.OOB, Namespaces.SIMS);

  private ChatReader() {}

  public static ChatMessage read(Element message) {
    Optional<ChatMessage> encrypted = encrypted(message);
    if (encrypted.isPresent()) {
      return encrypted.get();
    }
    if (message.elements().stream().anyMatch(RsvpItems::isAnswer)) {
      return new ChatMessage.PrivateAnswer();
    }
    Header header = header(message);
    Optional<String> retracted = retracted(message);
    if (retracted.isPresent()) {
      return new ChatMessage.Retraction(header, retracted.get());
    }
    return message
        .child("reactions", Namespaces.REACTIONS)
        .map(reactions -> reactions(reactions, header))
        .orElseGet(() -> words(message, header));
  }

  private static Optional<ChatMessage> encrypted(Element message) {
    String body = body(message).map(Element::text).orElse("").strip();
    // The key of an encrypted file is in its address (XEP-0454).
    Optional<String> inBody =
        body.startsWith("?OTR")
            ? Optional.of("OTR")
            : body.startsWith("aesgcm:") ? Optional.of("OMEMO") : Optional.empty();
    return message.elements().stream()
        .flatMap(child -> Optional.ofNullable(METHODS.get(child.namespace())).stream())
        // Names of methods before the word that stands for all of them.
        .sorted()
        .findFirst()
        .or(() -> inBody)
        .map(ChatMessage.Encrypted::new);
  }

  private static Header header(Element message) {
    String id = message.attributeOr("id", "");
    List<String> names =
        Stream.concat(
                message.child("origin-id", Namespaces.STANZA_IDS).stream()
                    .flatMap(origin -> origin.attribute("id").stream()),
                Stream.of(id))
            .filter(ChatReader::isName)
            .distinct()
            .toList();
    return new Header(
        id.length() <= MAX_NAME ? id : "",
        names,
        addressed(message),
        message
            .child("thread", JABBER_CLIENT)
            .map(thread -> thread.text().strip())
            .filter(ChatReader::isName),
        message.child("request", Namespaces.RECEIPTS).isPresent());
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= MAX_NAME
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME;
  }

  /** Who gets a blind copy is nobody's business (XEP-0033 §4.1.3). */
  private static List<Jid> addressed(Element message) {
    List<Element> named =
        message.child("addresses", ADDRESS).stream()
            .flatMap(all -> all.children("address", ADDRESS).stream())
            .filter(address -> Set.of("to", "cc").contains(address.attributeOr("type", "")))
            .toList();
    List<Jid> readers =
        named.stream()
            .flatMap(address -> address.attribute("jid").flatMap(Jid::parse).stream())
            .map(Jid::bare)
            .distinct()
            .limit(MAX_ADDRESSES)
            .toList();
    return isBlindCopy(message, named, readers) ? List.of() : readers;
  }

  /** Its reader is not among those to whom it was delivered (XEP-0033 §4.2.2). */
  private static boolean isBlindCopy(Element message, List<Element> named, List<Jid> readers) {
    boolean isForAnother =
        message
            .attribute("to")
            .flatMap(Jid::parse)
            .filter(to -> !to.isDomain() && !readers.contains(to.bare()))
            .isPresent();
    return isForAnother
        && named.stream()
            .allMatch(
                address -> Set.of("true", "1").contains(address.attributeOr("delivered", "")));
  }

  private static Optional<String> retracted(Element message) {
    Optional<Element> now = message.child("retract", Namespaces.RETRACT);
    Optional<Element> before =
        message
            .child("apply-to", Namespaces.FASTEN)
            .filter(fastening -> fastening.child("retract", Namespaces.RETRACT_0).isPresent());
    return now.or(() -> before).flatMap(what -> what.attribute("id")).filter(ChatReader::isName);
  }

  private static ChatMessage reactions(Element reactions, Header header) {
    List<String> emojis =
        reactions.children("reaction", Namespaces.REACTIONS).stream()
            .flatMap(reaction -> Emoji.of(reaction.text()).stream())
            .distinct()
            .limit(Reaction.MAX_OF_ONE)
            .toList();
    return reactions
        .attribute("id")
        .filter(ChatReader::isName)
        .<ChatMessage>map(of -> new ChatMessage.Reactions(header, of, emojis))
        .orElseGet(ChatMessage.Silent::new);
  }

  private static ChatMessage words(Element message, Header header) {
    List<Attachment> files = EntryFiles.read(message).stream().limit(MAX_FILES).toList();
    String said = body(message).map(body -> said(message, body.text())).orElse("").strip();
    // Clients repeat a file's address for those that know no better.
    boolean isFile = files.stream().anyMatch(file -> file.href().toString().equals(said));
    String text = isFile ? "" : said;
    if (text.isEmpty() && files.isEmpty()) {
      return new ChatMessage.Silent();
    }
    Optional<String> subject =
        message
            .child("subject", JABBER_CLIENT)
            .map(line -> line.text().strip())
            .filter(line -> !line.isEmpty());
    return new ChatMessage.Words(
        header,
        subject.map(line -> (line + "\n\n" + text).strip()).orElse(text),
        body(message).flatMap(Element::lang).or(message::lang).flatMap(Languages::normalise),
        files,
        reference(message, "reply", Namespaces.REPLY),
        reference(message, "replace", Namespaces.CORRECT));
  }

  private static Optional<String> reference(Element message, String name, String namespace) {
    return message
        .child(name, namespace)
        .flatMap(element -> element.attribute("id"))
        .filter(ChatReader::isName);
  }

  private static Optional<Element> body(Element message) {
    return message.child("body", JABBER_CLIENT);
  }

  /** Without what is there only for clients that do not know an element (XEP-0428 §2). */
  private static String said(Element message, String body) {
    int[] points = body.codePoints().toArray();
    boolean[] repeated = new boolean[points.length];
    for (Element fallback : message.children("fallback", FALLBACK)) {
      if (REPEATED.contains(fallback.attributeOr("for", ""))) {
        mark(fallback, repeated);
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      if (!repeated[i]) {
        out.appendCodePoint(points[i]);
      }
    }
    return out.toString();
  }

  /** Offsets count code points; without any, all of the body is meant. */
  private static void mark(Element fallback, boolean[] repeated) {
    List<Element> ranges = fallback.children("body", FALLBACK);
    if (ranges.isEmpty() && fallback.elements().isEmpty()) {
      Arrays.fill(repeated, true);
    }
    for (Element range : ranges) {
      int start = offset(range.attributeOr("start", "0"), 0, repeated.length);
      int end = offset(range.attributeOr("end", ""), repeated.length, repeated.length);
      for (int i = start; i < end; i++) {
        repeated[i] = true;
      }
    }
  }

  private static int offset(String text, int otherwise, int length) {
    return text.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(text), length) : otherwise;
  }
}
