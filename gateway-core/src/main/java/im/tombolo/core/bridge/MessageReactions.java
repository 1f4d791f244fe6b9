package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ChatWriter;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Emoji;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What two people who write to each other think of single messages (XEP-0444, FEP-c0e0). Works
 * inside the caller's transaction.
 */
final class MessageReactions {
  /** How a like looks among emoji. */
  private static final String HEART = "❤️";

  /** Changes of one person that one reader is told in a minute; the next one tells them all. */
  private static final int MAX_TOLD = 30;

  private final InstantSource clock;
  private final OwnReactions own;
  private final Allowance changes;

  MessageReactions(BridgeSettings settings) {
    this.clock = settings.clock();
    this.own = new OwnReactions(settings);
    this.changes = new Allowance(MAX_TOLD, settings);
  }

  /** Somebody here says all that they think of a message of either. */
  void replace(Session session, DirectMessage message, ChatMessage.Reactions said) {
    Set<String> emojis = new LinkedHashSet<>(said.emojis());
    boolean liked = emojis.removeIf(Emoji::isHeart);
    own.replace(
        session,
        message.owner(),
        new OwnReactions.Target(message.object(), message.peer().actor()),
        new Attached(liked, emojis));
  }

  Effect reacted(IncomingActivity.React said) {
    return Effect.now(session -> {
      List<DirectMessage> shown = shown(session, said.post(), said.actor());
      boolean hasRoom =
          session.reactions().of(said.post(), said.actor()).size() < Reaction.MAX_OF_ONE;
      Reaction reaction =
          new Reaction(
              said.post(),
              said.actor(),
              said.emoji(),
              said.id(),
              Optional.empty(),
              clock.instant());
      if (!shown.isEmpty() && hasRoom && session.reactions().add(reaction)) {
        shown.forEach(message -> tell(session, message));
      }
    });
  }

  Effect undone(IncomingActivity.UndoReact undo) {
    return Effect.now(session -> {
      Optional<Reaction> named = session.reactions().find(undo.reaction());
      named
          .filter(one -> one.actor().equals(undo.actor()))
          .or(() ->
              session.reactions().of(undo.post(), undo.actor()).stream()
                  .filter(one -> one.emoji().equals(undo.emoji()))
                  .findFirst())
          .ifPresent(one -> remove(session, one));
    });
  }

  /** Only if it was one to a message. */
  void undone(Session session, IncomingActivity.UndoById undo) {
    session
        .reactions()
        .find(undo.undone())
        .filter(one -> one.actor().equals(undo.actor()))
        .filter(one -> !session.messages().copies(one.post()).isEmpty())
        .ifPresent(one -> remove(session, one));
  }

  private void remove(Session session, Reaction reaction) {
    session.reactions().remove(reaction);
    shown(session, reaction.post(), reaction.actor()).forEach(message -> tell(session, message));
  }

  /** Whoever else got a message has no window in which their reaction could be seen. */
  private static List<DirectMessage> shown(Session session, URI post, URI actor) {
    return session.messages().copies(post).stream()
        .filter(message -> message.peer().actor().equals(actor) && !message.gone())
        .filter(message -> !BlockBridge.blocks(session, message.owner(), actor))
        .toList();
  }

  private void tell(Session session, DirectMessage message) {
    if (!changes.take(message.peer().actor() + " " + message.owner())) {
      return;
    }
    List<String> now =
        session.reactions().of(message.object(), message.peer().actor()).stream()
            .map(one -> one.emoji().orElse(HEART))
            .distinct()
            .toList();
    Jid owner = message.owner();
    String id =
        Ids.key(
            "reactions",
            message.object().toString(),
            owner.toString(),
            String.join(" ", now),
            clock.instant().toString());
    Envelope envelope = new Envelope(message.peer().address(), owner, id);
    session
        .stanzas()
        .add(id, owner, XmlWriter.write(ChatWriter.reactions(envelope, message.stanzaId(), now)));
  }
}
