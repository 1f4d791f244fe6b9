package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.AddressBridge.Found;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Excerpt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * People here report people there (ActivityStreams Flag): to the moderators of their server, in the
 * name of the gateway, whose administrators are told who asked for it. Blocking; safe for any
 * thread.
 */
public final class OwnFlags {
  /** Reports of one person in a day. */
  public static final int MAX_A_DAY = 10;

  private static final Duration DAY = Duration.ofDays(1);

  private final Store store;
  private final VoteBridge posts;
  private final AddressBridge addresses;
  private final BridgeSettings settings;
  private final ActivityWriter activities;
  private final AdminNotices notices;
  private final Allowance allowance;

  /**
   * @param posts finds what an address names
   */
  public OwnFlags(Store store, VoteBridge posts, AddressBridge addresses, BridgeSettings settings) {
    this.store = store;
    this.posts = posts;
    this.addresses = addresses;
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
    this.notices = new AdminNotices(settings);
    this.allowance = new Allowance(MAX_A_DAY, DAY, settings);
  }

  /** What came of a report. */
  public sealed interface Flagged {
    /**
     * @param reported whose server gets it
     */
    record Sent(URI reported) implements Flagged {}

    /** People here are not of the fediverse. */
    record Ours() implements Flagged {}

    record TooMany() implements Flagged {}
  }

  /**
   * @param post what they said, if it is about that
   */
  private record Subject(URI actor, Optional<URI> post) {}

  /**
   * Reports a person or a post.
   *
   * @param address any address of somebody, or that of a post
   * @param words why; cut at {@link IncomingActivity.Flag#MAX_TEXT}
   * @return {@link Answer.Closed} for who is not served here, or left
   */
  public Answer<Flagged> flag(Jid from, String address, String words) {
    Jid person = from.bare();
    if (!settings.urls().serves(person)
        || !store.inTransaction(session -> LocalAccounts.isBridged(session, settings, person))) {
      return new Answer.Closed<>();
    }
    return subject(person, address.strip())
        .flatMap(found ->
            found
                .map(subject ->
                    posts
                        .source()
                        .actor(subject.actor())
                        .map(actor -> sent(person, subject, actor, words)))
                .orElseGet(() -> Answer.got(new Flagged.Ours())));
  }

  /** Empty for what is ours. */
  private Answer<Optional<Subject>> subject(Jid person, String address) {
    if (Handle.parse(address).flatMap(settings.urls()::byHandle).isPresent()) {
      return Answer.got(Optional.empty());
    }
    Answer<Found> somebody = addresses.find(address);
    if (somebody instanceof Answer.Missing) {
      return posts
          .question(person, address)
          .map(post -> Optional.of(new Subject(post.author(), Optional.of(post.id()))));
    }
    return somebody.map(found ->
        found instanceof Found.There there
            ? Optional.of(new Subject(there.id(), Optional.empty()))
            : Optional.empty());
  }

  private Flagged sent(Jid person, Subject subject, RemoteActor actor, String words) {
    if (!allowance.take(person.toString())) {
      return new Flagged.TooMany();
    }
    Instant now = settings.clock().instant();
    String key = Ids.key(person.toString(), subject.actor().toString(), now.toString());
    Written flag =
        activities.flag(
            key,
            actor.id(),
            subject.post(),
            Excerpt.cut(words.strip(), IncomingActivity.Flag.MAX_TEXT));
    return store.inTransaction(session -> {
      send(session, flag, actor);
      notices.tell(
          session,
          "own flag " + key,
          person + " reports " + subject.post().orElse(actor.id()) + " to its server.");
      return new Flagged.Sent(actor.id());
    });
  }

  private void send(Session session, Written flag, RemoteActor to) {
    session
        .activities()
        .add(
            new Activities.Sent(
                flag.key(), settings.urls().instanceJid(), false, flag.json(), flag.turn()));
    session.deliveries().add(flag.key(), to.endpoints().inbox());
  }
}
