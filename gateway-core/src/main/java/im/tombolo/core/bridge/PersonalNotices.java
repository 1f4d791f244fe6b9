package im.tombolo.core.bridge;

import static im.tombolo.core.atom.PubsubEvents.YOU;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.atom.PubsubEvents;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.NoticeChoice;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;

/**
 * What people here are told in words: who speaks to them, and who follows them. Each decides
 * whether, and nobody is told more than {@link #MAX_AN_HOUR}. Works inside the caller's
 * transaction.
 */
final class PersonalNotices {
  /** Notices to one person in one hour; one more says that the rest is not told. */
  static final int MAX_AN_HOUR = 20;

  static final int MAX_TEXT = 500;
  private static final int MAX_NAME = 80;

  private final BridgeSettings settings;

  PersonalNotices(BridgeSettings settings) {
    this.settings = settings;
  }

  /**
   * A post answers or mentions somebody.
   *
   * @param answers whether it is their post that it answers
   */
  void spokenTo(
      Session session, RemoteActor author, Posting posting, Jid account, boolean answers) {
    if (!isWanted(session, account, author.id(), NoticeChoice::mentions)) {
      return;
    }
    String words =
        YOU
            + (answers ? " were answered by " : " were mentioned by ")
            + name(author)
            + ":\n"
            + text(posting.content())
            + "\n"
            + posting.page().map(URI::toString).orElse(posting.id());
    Envelope envelope =
        new Envelope(
            posting.author().jid(),
            account,
            Ids.key("spoken-to", posting.id(), account.toString()));
    tell(session, envelope, words, posting.at().uri());
  }

  /** Somebody's follow was accepted. */
  void followedBy(Session session, Jid account, RemoteActor follower) {
    follower(
        session, account, follower, "follower", " are followed by " + name(follower) + ".", "");
  }

  /** Somebody wants to follow, and waits for leave. */
  void askedBy(Session session, Jid account, RemoteActor follower) {
    follower(
        session,
        account,
        follower,
        "asks",
        " are asked by " + name(follower) + " for leave to follow you.",
        "\nTo answer write to "
            + settings.virtual().component()
            + ": approve "
            + follower.handle()
            + ", or reject "
            + follower.handle());
  }

  private void follower(
      Session session, Jid account, RemoteActor follower, String kind, String what, String more) {
    if (!isWanted(session, account, follower.id(), NoticeChoice::followers)) {
      return;
    }
    Jid from = settings.virtual().of(follower.handle());
    String page = follower.profile().page().orElse(follower.id()).toString();
    Envelope envelope =
        new Envelope(from, account, Ids.key(kind, follower.id().toString(), account.toString()));
    tell(session, envelope, YOU + what + "\n" + page + more, from.uri());
  }

  /** Something that concerns them alone: an event, or a community that has had enough. */
  void concerning(Session session, URI by, Envelope envelope, String words, String anchor) {
    if (isWanted(session, envelope.to(), by, NoticeChoice::mentions)) {
      tell(session, envelope, words, anchor);
    }
  }

  /** Nodes of services have nobody who reads, and who is not bridged wants nothing of it. */
  private boolean isWanted(Session session, Jid account, URI by, Predicate<NoticeChoice> choice) {
    return session
            .accounts()
            .find(account)
            .map(Account::kind)
            .filter(ActorKind.PERSON::equals)
            .isPresent()
        && LocalAccounts.isBridged(session, settings, account)
        && !BlockBridge.blocks(session, account, by)
        && !session.blockers().isBlocked(account, by)
        && choice.test(session.noticeChoices().of(account));
  }

  private void tell(Session session, Envelope envelope, String words, String anchor) {
    Jid account = envelope.to();
    Instant hour = settings.clock().instant().truncatedTo(ChronoUnit.HOURS);
    int count = session.noticeChoices().count(account, hour);
    if (count <= MAX_AN_HOUR) {
      add(session, envelope, words, anchor);
    } else if (count == MAX_AN_HOUR + 1) {
      Jid gateway = settings.virtual().component();
      add(
          session,
          new Envelope(gateway, account, Ids.key("silence", account.toString(), hour.toString())),
          YOU
              + " were mentioned, answered or followed more than "
              + MAX_AN_HOUR
              + " times in this hour. The rest of it is not told. To hear of it no more write:"
              + " notify mentions off, or notify followers off.",
          gateway.uri());
    }
  }

  private static void add(Session session, Envelope envelope, String words, String anchor) {
    session
        .stanzas()
        .add(
            envelope.id(),
            envelope.to(),
            XmlWriter.write(PubsubEvents.words(envelope, words, anchor)));
  }

  static String name(RemoteActor actor) {
    return Excerpt.of(VCards.nameOf(actor), MAX_NAME) + " (@" + actor.handle() + ")";
  }

  /** What has a warning is not said unasked. */
  private static String text(Content content) {
    return content
        .warning()
        .map(warning -> "[" + Excerpt.of(warning, MAX_TEXT) + "]")
        .orElseGet(() -> {
          String body = content.words().body().toPlainText();
          String words =
              content.words().title().map(title -> title + "\n" + body).orElse(body).strip();
          return words.length() <= MAX_TEXT ? words : Excerpt.cut(words, MAX_TEXT - 1) + "…";
        });
  }
}
