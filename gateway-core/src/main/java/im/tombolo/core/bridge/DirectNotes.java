package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.DirectMessage.Part;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Notes of the fediverse that are for named people only, on their way to those of them who are
 * here: as messages, and nowhere else.
 */
final class DirectNotes {
  /** Of one author to one reader in an hour; more are dropped. */
  static final int MAX_AN_HOUR = 200;

  /** Of one author to one reader in a minute; more are dropped. */
  private static final int MAX_EDITS = 30;

  private static final Duration HOUR = Duration.ofHours(1);

  private final Store store;
  private final RemoteSource source;
  private final BridgeSettings settings;
  private final GatewayUrls urls;
  private final Threads threads;
  private final MessageTelling telling;
  private final Allowance edits;

  DirectNotes(Store store, RemoteSource source, BridgeSettings settings) {
    this.store = store;
    this.source = source;
    this.settings = settings;
    this.urls = settings.urls();
    this.threads = new Threads(settings);
    this.telling = new MessageTelling(settings);
    this.edits = new Allowance(MAX_EDITS, settings);
  }

  /** Whether a post is a message that somebody here has. */
  boolean knows(URI post) {
    return store.inTransaction(session -> knows(session, post));
  }

  boolean knows(Session session, URI post) {
    return !session.messages().copies(post).isEmpty();
  }

  /** Whether a post is for somebody here as a message. */
  boolean concerns(Session session, RemotePost post) {
    return isForNamedPeople(post) && !readers(session, post).isEmpty();
  }

  Effect created(RemotePost post) {
    if (!store.inTransaction(session -> concerns(session, post))) {
      return Effect.NOTHING;
    }
    return switch (source.actor(post.author())) {
      case Answer.Got<RemoteActor>(RemoteActor author) ->
          Effect.now(session ->
              readers(session, post).forEach(reader -> take(session, author, post, reader)));
      case Answer<RemoteActor> none -> Effect.without(none);
    };
  }

  /** Whether or not all who are addressed are mentioned: Misskey and chat messages tag nobody. */
  static boolean isForNamedPeople(RemotePost post) {
    Visibility visibility = post.audience().visibility();
    return visibility == Visibility.DIRECT || visibility == Visibility.LIMITED;
  }

  /** People of the fediverse by their own will, who do not block the author. */
  private List<Jid> readers(Session session, RemotePost post) {
    return post.audience().people().stream()
        .flatMap(actor -> urls.account(actor).stream())
        .filter(jid ->
            session
                .accounts()
                .find(jid)
                .filter(account -> account.isActor() && account.kind() == ActorKind.PERSON)
                .map(Account::address)
                .isPresent())
        .filter(jid -> LocalAccounts.isBridged(session, settings, jid))
        .filter(jid -> !BlockBridge.blocks(session, jid, post.author()))
        .sorted(Comparator.comparing(Jid::toString))
        .toList();
  }

  private void take(Session session, RemoteActor author, RemotePost post, Jid reader) {
    Instant now = settings.clock().instant();
    boolean isTooMuch =
        session.messages().count(reader, author.id(), now.minus(HOUR)) >= MAX_AN_HOUR;
    if (isTooMuch || session.messages().find(reader, post.id()).isPresent()) {
      return;
    }
    MessageTelling.Said said = telling.said(post);
    List<Part> parts = telling.parts(post.id(), reader, said);
    if (parts.isEmpty()) {
      return;
    }
    DirectMessage message =
        new DirectMessage(
            reader,
            post.id(),
            author.id(),
            new DirectMessage.Peer(author.id(), address(session, reader, author)),
            post.audience().people(),
            threads.incoming(session, reader, post),
            post.dates(),
            said.digest(),
            parts,
            false);
    session.messages().save(message);
    telling.tell(session, message, post, said);
  }

  /** As the reader wrote to them at last, so that it is one conversation to their client. */
  private Jid address(Session session, Jid reader, RemoteActor author) {
    return session
        .messages()
        .spelling(reader, author.id())
        .or(() ->
            session.followings().find(reader, author.id()).map(following -> following.addressed()))
        .orElseGet(() -> settings.virtual().of(author.handle()));
  }

  /** Those who have the message see the new state, whomever that is for. */
  Effect updated(RemotePost post) {
    return Effect.now(session -> {
      for (DirectMessage before : session.messages().copies(post.id())) {
        boolean counts =
            before.isIncoming()
                && before.author().equals(post.author())
                && !before.gone()
                && !post.dates().updated().isBefore(before.dates().updated());
        if (counts && !BlockBridge.blocks(session, before.owner(), post.author())) {
          edit(session, before, post);
        }
      }
    });
  }

  private void edit(Session session, DirectMessage before, RemotePost post) {
    MessageTelling.Said said = telling.said(post);
    List<Part> parts = telling.parts(post.id(), before.owner(), said);
    boolean isOther = !said.digest().equals(before.digest()) && !parts.isEmpty();
    if (!isOther || !edits.take(post.author() + " " + before.owner())) {
      return;
    }
    DirectMessage after = before.edited(post.dates(), said.digest(), parts);
    session.messages().save(after);
    telling.change(session, before, after, post, said);
  }

  Effect deleted(IncomingActivity.Delete delete) {
    return Effect.now(session -> {
      for (DirectMessage message : session.messages().copies(delete.object())) {
        boolean counts =
            message.isIncoming() && message.author().equals(delete.actor()) && !message.gone();
        if (counts) {
          session.messages().save(message.retracted());
          session.reactions().removeOf(message.object());
          message.parts().forEach(part -> telling.retract(session, message, part));
        }
      }
    });
  }
}
