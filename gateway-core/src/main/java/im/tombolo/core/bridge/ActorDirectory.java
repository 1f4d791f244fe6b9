package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import im.tombolo.core.activity.ActorReader;
import im.tombolo.core.activity.KeyReader;
import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Handle;
import im.tombolo.core.atom.Avatars;
import im.tombolo.core.model.Image;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.Wishes;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Fediverse.Document;
import im.tombolo.core.port.Fediverse.Finger;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Who is who on the fediverse: from storage while it is fresh, else from the actor's own server,
 * which is asked each question once at a time. Failures are remembered: for a minute where the
 * server did not answer, for a quarter of an hour where it has no such key. Safe for any thread.
 */
public final class ActorDirectory {
  private static final Duration FRESH = Duration.ofHours(12);
  private static final Duration FAILED = Duration.ofMinutes(1);
  private static final Duration KEYS = Duration.ofHours(1);
  // A sender whose keys are not there would otherwise have us ask at each message.
  private static final Duration NO_KEY = Duration.ofMinutes(15);
  // A key that was read so lately is not read again because a signature does not fit it.
  private static final Duration JUST_READ = Duration.ofMinutes(10);
  private static final int FAILURES_PER_HOST = 300;
  private static final Duration READS_RFC_9421 = Duration.ofDays(7);
  private static final long MAX_REMEMBERED = 10_000;

  private final Store store;
  private final Fediverse fediverse;
  private final BridgeSettings settings;
  private final SingleFlight<String, Answer<RemoteActor>> lookUps = new SingleFlight<>();
  private final Cache<String, Answer<RemoteActor>> failures;
  private final SingleFlight<URI, Answer<OwnedKey>> keyQuestions = new SingleFlight<>();
  private final Cache<URI, Answer<OwnedKey>> askedKeys;
  private final Cache<URI, OwnedKey> keys;
  private final HostBudget keyFailures;
  private volatile BiConsumer<Session, URI> withdrawal = (session, actor) -> {};

  public ActorDirectory(Store store, Fediverse fediverse, BridgeSettings settings) {
    this.store = store;
    this.fediverse = fediverse;
    this.settings = settings;
    this.failures = cache(FAILED);
    this.askedKeys =
        Caffeine.newBuilder()
            .expireAfter(Expiry.<URI, Answer<OwnedKey>>writing((id, key) -> remembered(key)))
            .maximumSize(MAX_REMEMBERED)
            .ticker(settings.ticker())
            .build();
    this.keys = cache(KEYS);
    this.keyFailures = new HostBudget(FAILURES_PER_HOST, JUST_READ, settings.ticker());
  }

  private static Duration remembered(Answer<OwnedKey> key) {
    return switch (key) {
      case Answer.Got<OwnedKey> got -> JUST_READ;
      case Answer.Unavailable<OwnedKey> down -> FAILED;
      case Answer<OwnedKey> none -> NO_KEY;
    };
  }

  private <K, V> Cache<K, V> cache(Duration expiry) {
    return Caffeine.newBuilder()
        .expireAfterWrite(expiry)
        .maximumSize(MAX_REMEMBERED)
        .ticker(settings.ticker())
        .build();
  }

  /**
   * What to do, in the transaction that notes it, when somebody does not want to be shown any more.
   */
  void onWithdrawal(BiConsumer<Session, URI> todo) {
    withdrawal = todo;
  }

  /**
   * The actor behind a handle that WebFinger of both ends confirms. Whom the administrator does not
   * want is nobody, by whatever name.
   */
  public Answer<RemoteActor> byHandle(Handle handle) {
    Optional<RemoteActor> known =
        store.inTransaction(session -> session.remoteActors().findByHandle(handle));
    return welcome(orKnown(known, () -> remembered(handle.acct(), () -> lookUp(handle))));
  }

  private Answer<RemoteActor> welcome(Answer<RemoteActor> found) {
    boolean isRefused =
        found.value().map(RemoteActor::id).filter(settings.moderation()::refuses).isPresent();
    return isRefused ? new Answer.Missing<>() : found;
  }

  /** An actor of whom we read lately. */
  Optional<RemoteActor> known(Session session, URI id) {
    return session.remoteActors().find(id).filter(this::isFresh);
  }

  /** The actor by its id; nobody, as above. */
  public Answer<RemoteActor> byId(URI id) {
    Optional<RemoteActor> known = store.inTransaction(session -> session.remoteActors().find(id));
    return welcome(orKnown(known, () -> refresh(id)));
  }

  /** A peer that is down for a while does not make the people on it unknown. */
  private Answer<RemoteActor> orKnown(
      Optional<RemoteActor> known, Supplier<Answer<RemoteActor>> question) {
    if (known.filter(this::isFresh).isPresent()) {
      return Answer.got(known.get());
    }
    Answer<RemoteActor> found = question.get();
    return found instanceof Answer.Unavailable && known.isPresent()
        ? Answer.got(known.get())
        : found;
  }

  /** Reads the actor anew; the handle that was confirmed before stays. */
  public Answer<RemoteActor> refresh(URI id) {
    return remembered(id.toString(), () -> fetch(id).map(this::keep));
  }

  /**
   * The key that a signature names, with its owner's word that it is theirs. Its server is asked
   * for it at most once in ten minutes, however many signatures are bad, and not at all for a while
   * when too many questions to it came to nothing.
   *
   * @param fresh do not believe what was known before
   */
  public Answer<OwnedKey> key(URI keyId, boolean fresh) {
    OwnedKey cached = fresh ? null : keys.getIfPresent(keyId);
    if (cached != null) {
      return Answer.got(cached);
    }
    URI place = withoutFragment(keyId);
    Optional<RemoteActor> owner =
        store.inTransaction(session -> session.remoteActors().find(place));
    Optional<OwnedKey> held =
        owner.filter(actor -> !fresh && isFresh(actor)).flatMap(actor -> keyOf(actor, keyId));
    if (held.isPresent()) {
      keys.put(keyId, held.get());
      return Answer.got(held.get());
    }
    Answer<OwnedKey> recent = askedKeys.getIfPresent(keyId);
    Answer<OwnedKey> answer =
        recent != null ? recent : keyQuestions.ask(keyId, () -> askKey(place, keyId));
    Optional<OwnedKey> stale = owner.flatMap(actor -> keyOf(actor, keyId));
    return answer instanceof Answer.Unavailable && stale.isPresent() && !fresh
        ? Answer.got(stale.get())
        : answer;
  }

  private Answer<OwnedKey> askKey(URI place, URI keyId) {
    if (keyFailures.isSpent(place)) {
      return new Answer.Unavailable<>("too many questions for keys there came to nothing");
    }
    Answer<OwnedKey> answer =
        isOurs(place)
            ? new Answer.Missing<>()
            : fediverse.document(place).flatMap(document -> key(document, place, keyId));
    boolean isNews =
        answer.value().filter(key -> !key.equals(keys.getIfPresent(keyId))).isPresent();
    if (!isNews) {
      keyFailures.spend(place);
    }
    askedKeys.put(keyId, answer);
    answer.value().ifPresent(key -> keys.put(keyId, key));
    return answer;
  }

  /** Whatever a key says of its owner, the owner's own document has to list it. */
  private Answer<OwnedKey> key(Document document, URI place, URI keyId) {
    return switch (KeyReader.read(document.json(), keyId)) {
      case Reading.Of<OwnedKey>(OwnedKey key) ->
          (key.owner().equals(place) ? read(place, document, true) : fetch(key.owner()))
              .map(this::keep)
              .flatMap(actor ->
                  keyOf(actor, keyId)
                      .<Answer<OwnedKey>>map(Answer::got)
                      .orElseGet(Answer.Missing::new));
      case Reading.Refused<OwnedKey> refused -> new Answer.Missing<>();
    };
  }

  /** The actor's picture, read once for each address that it had. */
  public Optional<Picture> avatar(RemoteActor actor) {
    Optional<URI> source = actor.profile().avatar().map(Image::href);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    Optional<Picture> held =
        store.inTransaction(session -> session.remoteActors().avatar(actor.id(), source.get()));
    return held.or(() ->
        fediverse
            .picture(source.get(), Avatars.MAX_BYTES)
            .value()
            .flatMap(file -> Avatars.picture(file.bytes()))
            .map(picture -> keepAvatar(actor, source.get(), picture)));
  }

  private Picture keepAvatar(RemoteActor actor, URI source, Picture picture) {
    store.inTransaction(session -> {
      session.remoteActors().saveAvatar(actor.id(), source, picture);
      return true;
    });
    return picture;
  }

  private static Optional<OwnedKey> keyOf(RemoteActor actor, URI keyId) {
    return actor.keys().stream()
        .filter(key -> key.id().equals(keyId) || keyId.equals(actor.id()))
        .map(key -> new OwnedKey(keyId, actor.id(), key.pem()))
        .findFirst();
  }

  private Answer<RemoteActor> lookUp(Handle handle) {
    return fediverse
        .finger(handle)
        .flatMap(finger ->
            fetch(finger.actor()).flatMap(actor -> confirmed(handle, actor)).map(this::save));
  }

  /** The server that holds the actor has to agree to a handle under another host's name. */
  private Answer<RemoteActor> confirmed(Handle handle, RemoteActor actor) {
    boolean same = handle.equals(actor.handle());
    if (same && handle.host().equals(actor.id().getAuthority())) {
      return Answer.got(actor);
    }
    Handle own = new Handle(actor.handle().user(), actor.id().getAuthority());
    return fediverse
        .finger(own)
        .flatMap(back ->
            agrees(back, handle, actor)
                ? Answer.got(actor.withHandle(handle))
                : new Answer.Missing<>());
  }

  private static boolean agrees(Finger back, Handle handle, RemoteActor actor) {
    return back.actor().equals(actor.id())
        && (back.subject().equals(handle) || actor.handle().equals(handle));
  }

  private Answer<RemoteActor> fetch(URI id) {
    return isOurs(id)
        ? new Answer.Missing<>()
        : fediverse.document(id).flatMap(document -> read(id, document, true));
  }

  private boolean isOurs(URI id) {
    return settings.urls().isOurs(id);
  }

  /** Its server may say with the actor which signatures it reads. */
  private void note(RemoteActor actor, Document document) {
    if (ActorReader.readsRfc9421(document.json())) {
      Instant until = settings.clock().instant().plus(READS_RFC_9421);
      store.inTransaction(session -> {
        session.peers().understands(Authority.of(actor.id()), Dialect.RFC_9421, until);
        return true;
      });
    }
  }

  /** A document has to be at its own id; one that says another id is asked for there, once. */
  private Answer<RemoteActor> read(URI asked, Document document, boolean again) {
    return switch (ActorReader.read(document.json(), settings.clock().instant())) {
      case Reading.Of<RemoteActor>(RemoteActor actor) -> {
        if (isOurs(actor.id()) || home(actor).isEmpty()) {
          yield new Answer.Missing<>();
        }
        boolean isItsId = actor.id().equals(asked) || actor.id().equals(document.location());
        if (isItsId && document.isFromServerOf(actor.id())) {
          note(actor, document);
          yield Answer.got(actor);
        }
        yield again
            ? fediverse.document(actor.id()).flatMap(second -> read(actor.id(), second, false))
            : new Answer.Missing<>();
      }
      case Reading.Refused<RemoteActor> refused -> new Answer.Missing<>();
    };
  }

  /** The handle that an actor's own server can give: on the host of its id. */
  private static Optional<Handle> home(RemoteActor actor) {
    return Handle.parse(actor.handle().user() + "@" + actor.id().getAuthority());
  }

  /**
   * Keeps an actor of which only its own document was read. What that claims to be called elsewhere
   * counts for nothing until {@link #byHandle} has asked there.
   */
  private RemoteActor keep(RemoteActor actor) {
    return store.inTransaction(session -> {
      Handle home = home(actor).orElseThrow();
      Optional<RemoteActor> before = session.remoteActors().find(actor.id());
      return save(
          session,
          before,
          actor.withHandle(
              before
                  .map(RemoteActor::handle)
                  .filter(handle -> !handle.host().equals(home.host()))
                  .orElse(home)));
    });
  }

  private RemoteActor save(RemoteActor actor) {
    return store.inTransaction(
        session -> save(session, session.remoteActors().find(actor.id()), actor));
  }

  private RemoteActor save(Session session, Optional<RemoteActor> before, RemoteActor actor) {
    session.remoteActors().save(actor);
    boolean wasShown = before.map(RemoteActor::wishes).map(Wishes::shown).orElse(false);
    if (wasShown && !actor.wishes().shown()) {
      withdrawal.accept(session, actor.id());
    }
    return actor;
  }

  private Answer<RemoteActor> remembered(String key, Supplier<Answer<RemoteActor>> question) {
    Answer<RemoteActor> failed = failures.getIfPresent(key);
    return failed != null
        ? failed
        : lookUps.ask(
            key,
            () -> {
              Answer<RemoteActor> answer = question.get();
              if (!(answer instanceof Answer.Got)) {
                failures.put(key, answer);
              }
              return answer;
            });
  }

  private boolean isFresh(RemoteActor actor) {
    return actor.fetchedAt().plus(FRESH).isAfter(settings.clock().instant());
  }

  private static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }
}
