package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ADDRESS;
import static im.tombolo.core.xml.Namespaces.JABBER_CLIENT;
import static im.tombolo.core.xml.Namespaces.STANZA_ERRORS;

import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;

/**
 * Writes messages of people of the fediverse. The stanza's id is its origin-id too, so that clients
 * that refer by either mean the same (XEP-0461 §3.1).
 */
public final class ChatWriter {
  private static final String TAKEN_BACK = "This message was deleted.";

  private ChatWriter() {}

  /**
   * Where a message stands.
   *
   * @param answers id of the message that it answers
   * @param answered who wrote that
   * @param others who got it beside the reader
   */
  public record Surroundings(
      String thread, Optional<String> answers, Jid answered, List<Jid> others) {
    public Surroundings {
      others = List.copyOf(others);
    }
  }

  public static Element words(Envelope envelope, String text, Surroundings around) {
    return said(envelope, text, around).build();
  }

  /** The new state of an earlier message (XEP-0308). */
  public static Element correction(
      Envelope envelope, String replaced, String text, Surroundings around) {
    return said(envelope, text, around)
        .child(Element.of("replace", Namespaces.CORRECT).attribute("id", replaced).build())
        .build();
  }

  /** Clients show a file in place when the body is its address and nothing else (XEP-0066 §3). */
  public static Element file(Envelope envelope, Attachment file, Surroundings around) {
    Element.Builder oob = Element.of("x", Namespaces.OOB).child("url", file.href().toString());
    file.description().ifPresent(text -> oob.child("desc", text));
    return said(envelope, file.href().toString(), around)
        .child(oob.build())
        .child(EntryFiles.sharing(file))
        .child(
            Element.of("fallback", Namespaces.FALLBACK)
                .attribute("for", Namespaces.SFS)
                .child(Element.of("body", Namespaces.FALLBACK).build())
                .build())
        .build();
  }

  /** Takes a message back, for clients that know this as XEP-0424 has it now or had it before. */
  public static Element retraction(Envelope envelope, String retracted) {
    return message(envelope)
        .child("body", TAKEN_BACK)
        .child(Element.of("retract", Namespaces.RETRACT).attribute("id", retracted).build())
        .child(
            Element.of("apply-to", Namespaces.FASTEN)
                .attribute("id", retracted)
                .child(Element.of("retract", Namespaces.RETRACT_0).build())
                .build())
        .child(
            Element.of("fallback", Namespaces.FALLBACK)
                .attribute("for", Namespaces.RETRACT)
                .child(Element.of("body", Namespaces.FALLBACK).build())
                .build())
        .child(store())
        .build();
  }

  /** All that somebody thinks of a message (XEP-0444). */
  public static Element reactions(Envelope envelope, String of, List<String> emojis) {
    Element.Builder reactions = Element.of("reactions", Namespaces.REACTIONS).attribute("id", of);
    emojis.forEach(emoji -> reactions.child("reaction", emoji));
    return message(envelope).child(reactions.build()).child(store()).build();
  }

  /** The peer has a message (XEP-0184). */
  public static Element receipt(Envelope envelope, String received) {
    return message(envelope)
        .child(Element.of("received", Namespaces.RECEIPTS).attribute("id", received).build())
        .child(store())
        .build();
  }

  /**
   * A message never arrived (RFC 6120 §8.3); the envelope has its id.
   *
   * @param type {@code cancel} or {@code wait}
   */
  public static Element failure(Envelope envelope, String type, String condition, String words) {
    return message(envelope)
        .attribute("type", "error")
        .child(
            Element.of("error", JABBER_CLIENT)
                .attribute("type", type)
                .child(Element.of(condition, STANZA_ERRORS).build())
                .child(
                    Element.of("text", STANZA_ERRORS).lang(Optional.of("en")).text(words).build())
                .build())
        .build();
  }

  /** Words of the gateway in somebody's window. */
  public static Element notice(Envelope envelope, String words) {
    return message(envelope).child("body", words).child(store()).build();
  }

  private static Element.Builder said(Envelope envelope, String text, Surroundings around) {
    Element.Builder out =
        message(envelope)
            .child("body", text)
            .child("thread", around.thread())
            .child(
                Element.of("origin-id", Namespaces.STANZA_IDS)
                    .attribute("id", envelope.id())
                    .build())
            .child(
                around
                    .answers()
                    .map(id ->
                        Element.of("reply", Namespaces.REPLY)
                            .attribute("to", around.answered().toString())
                            .attribute("id", id)
                            .build()));
    if (!around.others().isEmpty()) {
      out.child(addresses(envelope.to(), around.others()));
    }
    return out.child(store());
  }

  /** All of them have it, so nobody need send it on (XEP-0033 §4.2.2). */
  private static Element addresses(Jid reader, List<Jid> others) {
    Element.Builder out = Element.of("addresses", ADDRESS).child(address(reader));
    others.forEach(other -> out.child(address(other)));
    return out.build();
  }

  private static Element address(Jid whom) {
    return Element.of("address", ADDRESS)
        .attribute("type", "to")
        .attribute("jid", whom.toString())
        .attribute("delivered", "true")
        .build();
  }

  private static Element.Builder message(Envelope envelope) {
    return Element.of("message", JABBER_CLIENT)
        .attribute("from", envelope.from().toString())
        .attribute("to", envelope.to().toString())
        .attribute("id", envelope.id())
        .attribute("type", "chat");
  }

  private static Element store() {
    return Element.of("store", Namespaces.HINTS).build();
  }
}
