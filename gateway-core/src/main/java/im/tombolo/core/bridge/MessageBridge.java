package im.tombolo.core.bridge;

import im.tombolo.core.activity.DirectNoteWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.model.ChatMessage.Header;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.DirectMessage.Part;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Messages of people here to people of the fediverse: each becomes a note for exactly those to whom
 * it was written. What it says is kept only until their servers have it. Blocking; safe for any
 * thread.
 */
public final class MessageBridge {
  /** Messages, corrections and retractions of one person in a minute. */
  public static final int MAX_A_MINUTE = 60;

  private final Store store;
  private final BridgeSettings settings;
  private final GatewayUrls urls;
  private final Correspondents correspondents;
  private final MessageSending sending;
  private final MessageReactions reactions;
  private final Threads threads;
  private final Allowance allowance;

  public MessageBridge(Store store, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
    this.urls = settings.urls();
    this.correspondents = new Correspondents(directory, settings);
    this.sending = new MessageSending(settings);
    this.reactions = new MessageReactions(settings);
    this.threads = new Threads(settings);
    this.allowance = new Allowance(MAX_A_MINUTE, settings);
  }

  /** What became of a message. */
  public sealed interface Outcome {
    /** It is on its way, or was before, or there was nothing to send. */
    record Done() implements Outcome {}

    /**
     * @param words a sentence for the sender
     */
    record Refused(Reason reason, String words) implements Outcome {}
  }

  /** Why a message is not sent. */
  public enum Reason {
    /** The sender is not of a served domain. */
    STRANGER,
    /** They are served, and not on the fediverse. */
    NOT_JOINED,
    /** There is no such person, or no such message. */
    NOT_FOUND,
    /** The person's server does not answer. */
    LATER,
    /** The sender blocks whom they write to. */
    BLOCKED,
    TOO_MANY,
    TOO_LONG,
    ENCRYPTED,
    /** It does not say what it is about. */
    ABOUT_NOTHING
  }

  /** After so long, what is the same as an earlier message is said once more. */
  private static final Duration REPEATED = Duration.ofHours(1);

  private static final Outcome DONE = new Outcome.Done();

  private static Outcome refused(Reason reason, String words) {
    return new Outcome.Refused(reason, words);
  }

  /**
   * @param from full JID of the sender
   * @param to the virtual JID that was written to, in whatever spelling; the gateway's own when the
   *     message names its readers (XEP-0033)
   */
  public Outcome said(Jid from, Jid to, ChatMessage message) {
    return switch (message) {
      case ChatMessage.Silent silent -> DONE;
      case ChatMessage.Encrypted(String method) ->
          refused(
              Reason.ENCRYPTED,
              "People on the fediverse cannot read encrypted messages ("
                  + method
                  + "). This one was not sent; switch encryption off for this contact.");
      case ChatMessage.PrivateAnswer answer ->
          refused(
              Reason.ABOUT_NOTHING,
              "Your answer does not say to which event. To answer write to "
                  + settings.virtual().component()
                  + ": attend, the address of the event, and yes, maybe or no.");
      case ChatMessage.Words words ->
          admitted(from)
              .orElseGet(() -> with(to, from, words.header(), there -> say(there, words)));
      case ChatMessage.Reactions said ->
          admitted(from)
              .orElseGet(() -> with(to, from, said.header(), there -> react(there, said)));
      case ChatMessage.Retraction retraction ->
          admitted(from)
              .orElseGet(
                  () -> with(to, from, retraction.header(), there -> takeBack(there, retraction)));
    };
  }

  /** Why somebody may not write at all. */
  private Optional<Outcome> admitted(Jid from) {
    Jid person = from.bare();
    if (!urls.serves(person)) {
      return Optional.of(
          refused(
              Reason.STRANGER, "Only people of this gateway's own servers can write from here."));
    }
    if (!store.inTransaction(session -> LocalAccounts.isBridged(session, settings, person))) {
      return Optional.of(
          refused(
              Reason.NOT_JOINED,
              "You are not on the fediverse. To join write join to "
                  + settings.virtual().component()
                  + "."));
    }
    return allowance.take(person.toString())
        ? Optional.empty()
        : Optional.of(
            refused(
                Reason.TOO_MANY,
                "You sent more than " + MAX_A_MINUTE + " messages in a minute. Try again later."));
  }

  private interface Next {
    Outcome act(Correspondents.Circle circle);
  }

  private Outcome with(Jid to, Jid from, Header header, Next next) {
    return switch (correspondents.find(from, to, header.addressed())) {
      case Answer.Got<Correspondents.Circle>(Correspondents.Circle circle) -> next.act(circle);
      case Answer.Unavailable<Correspondents.Circle> down ->
          refused(Reason.LATER, "The server of that person does not answer. Try again later.");
      case Answer.Closed<Correspondents.Circle> tooMany ->
          refused(
              Reason.TOO_MANY, "A message has at most " + Correspondents.MAX_PEOPLE + " readers.");
      case Answer<Correspondents.Circle> none ->
          refused(Reason.NOT_FOUND, "There is no such person on the fediverse.");
    };
  }

  private Outcome say(Correspondents.Circle circle, ChatMessage.Words words) {
    Content content =
        Content.builder(
                new Content.Words(
                    Optional.empty(), Html.ofPlainText(words.text()), words.language()))
            .attachments(words.files())
            .build();
    byte[] html = content.body().html().getBytes(StandardCharsets.UTF_8);
    if (html.length > DirectNoteWriter.MAX_TEXT) {
      return refused(
          Reason.TOO_LONG, "That is too long for one message. Send it in several, or as a file.");
    }
    return store.inTransaction(session -> {
      if (isBlocked(session, circle)) {
        return blocked();
      }
      Optional<DirectMessage> replaced =
          words
              .replaces()
              .flatMap(name -> session.messages().named(circle.owner(), circle.first().id(), name));
      return replaced
          .map(before -> correct(session, circle, before, words, content))
          .orElseGet(() -> send(session, circle, words, content));
    });
  }

  /** What names it: the client's id for it, and what it says, since some clients count from 1. */
  private Outcome send(
      Session session, Correspondents.Circle circle, ChatMessage.Words words, Content content) {
    Instant now = settings.clock().instant();
    String name = words.header().names().stream().findFirst().orElseGet(now::toString);
    URI author = urls.actor(circle.owner());
    Set<URI> people = circle.people(session, urls);
    String digest = digest(words);
    String key =
        Ids.key(
            "message",
            circle.owner().toString(),
            DirectMessage.circle(author, people),
            name,
            digest);
    Optional<URI> object = unsaid(session, circle.owner(), key);
    if (object.isEmpty()) {
      return DONE;
    }
    CommentBridge.acting(session, circle.owner());
    DirectMessage message =
        new DirectMessage(
            circle.owner(),
            object.get(),
            author,
            circle.peer(),
            people,
            threads.outgoing(session, circle, people, words),
            new Dates(now, now),
            digest,
            parts(words.header(), name),
            false);
    session.messages().save(message);
    sending.create(session, message, content, circle, words.header());
    return DONE;
  }

  /** The id for a message; empty when it was said just now. */
  private Optional<URI> unsaid(Session session, Jid owner, String key) {
    URI object = urls.message(owner, key);
    Optional<DirectMessage> same = session.messages().find(owner, object);
    if (same.isEmpty()) {
      return Optional.of(object);
    }
    Instant recent = settings.clock().instant().minus(REPEATED);
    return same.get().dates().published().isAfter(recent)
        ? Optional.empty()
        : unsaid(session, owner, Ids.key("again", key));
  }

  private Outcome correct(
      Session session,
      Correspondents.Circle circle,
      DirectMessage before,
      ChatMessage.Words words,
      Content content) {
    if (before.isIncoming() || before.gone()) {
      return refused(Reason.NOT_FOUND, "There is no message of yours to correct.");
    }
    String digest = digest(words);
    boolean isKnown =
        before.parts().stream().anyMatch(part -> words.header().names().contains(part.stanzaId()));
    if (isKnown || before.digest().equals(digest)) {
      return DONE;
    }
    Dates dates = new Dates(before.dates().published(), settings.clock().instant());
    List<Part> names =
        Stream.concat(before.parts().stream(), parts(words.header(), "").stream())
            .filter(part -> !part.stanzaId().isEmpty())
            .toList();
    DirectMessage after = before.edited(dates, digest, names);
    session.messages().save(after);
    sending.update(session, after, content, circle, words.header());
    return DONE;
  }

  private Outcome takeBack(Correspondents.Circle circle, ChatMessage.Retraction retraction) {
    return store.inTransaction(session -> {
      Optional<DirectMessage> message =
          session
              .messages()
              .named(circle.owner(), circle.first().id(), retraction.of())
              .filter(known -> !known.isIncoming());
      if (message.isEmpty()) {
        return refused(Reason.NOT_FOUND, "There is no message of yours to take back.");
      }
      if (!message.get().gone()) {
        session.messages().save(message.get().retracted());
        session.reactions().removeOf(message.get().object());
        sending.delete(session, message.get(), circle, retraction.header());
      }
      return DONE;
    });
  }

  private Outcome react(Correspondents.Circle circle, ChatMessage.Reactions said) {
    return store.inTransaction(session -> {
      if (isBlocked(session, circle)) {
        return blocked();
      }
      Optional<DirectMessage> message =
          session
              .messages()
              .named(circle.owner(), circle.first().id(), said.of())
              .filter(known -> !known.gone());
      message.ifPresent(known -> reactions.replace(session, known, said));
      return message
          .map(known -> DONE)
          .orElseGet(() -> refused(Reason.NOT_FOUND, "There is no such message any more."));
    });
  }

  private static boolean isBlocked(Session session, Correspondents.Circle circle) {
    return circle.actors().stream()
        .anyMatch(actor -> BlockBridge.blocks(session, circle.owner(), actor.id()));
  }

  private static Outcome blocked() {
    return refused(Reason.BLOCKED, "You block that person. To write to them, unblock them first.");
  }

  private static List<Part> parts(Header header, String otherwise) {
    return header.names().isEmpty()
        ? List.of(new Part(otherwise, Optional.empty()))
        : header.names().stream().map(name -> new Part(name, Optional.empty())).toList();
  }

  private static String digest(ChatMessage.Words words) {
    return Ids.key(
        Stream.concat(
                Stream.of(words.text()),
                words.files().stream().map(Attachment::href).map(URI::toString))
            .toArray(String[]::new));
  }
}
