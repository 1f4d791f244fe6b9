package im.tombolo.core.bridge;

import im.tombolo.core.activity.PersonalDataWriter;
import im.tombolo.core.activity.PublicKeys;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.PersonalData;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * People get what is kept of them, by an address that nobody can guess and that works once. Safe
 * for any thread.
 */
public final class ExportBridge {
  /** How long an address is good. */
  public static final Duration VALID = Duration.ofHours(1);

  static final int MAX_POSTS = 5_000;
  static final int MAX_MESSAGES = 20_000;
  static final int MAX_FOLLOWERS = 100_000;
  private static final int MAX_REACTIONS = 100_000;
  private static final int SECRET_BYTES = 16;
  private static final String SECRET = "[0-9a-f]{32}";
  // Each may take some 100 MB for a moment.
  private static final int AT_ONCE = 2;

  private final Store store;
  private final Keyring keyring;
  private final BridgeSettings settings;
  private final RandomGenerator random;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * @param random whose numbers nobody can foresee
   */
  public ExportBridge(
      Store store, Keyring keyring, BridgeSettings settings, RandomGenerator random) {
    this.store = store;
    this.keyring = keyring;
    this.settings = settings;
    this.random = random;
  }

  /**
   * Makes an address; an earlier one of the same person is good no more.
   *
   * @return {@link Answer.Closed} for who is not served here
   */
  public Answer<URI> offer(Jid from) {
    Jid person = from.bare();
    if (!urls().serves(person)) {
      return new Answer.Closed<>();
    }
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = HexFormat.of().formatHex(bytes);
    Instant now = settings.clock().instant();
    return Answer.got(
        store.inTransaction(session -> {
          session.exportTickets().save(person, digest(secret), now, now.plus(VALID));
          return urls().export(person, secret);
        }));
  }

  /** Whether there is something to fetch; programs that look at links do not use it up. */
  public boolean isOffered(Jid person, String secret) {
    return secret.matches(SECRET)
        && store
            .inTransaction(
                session -> session.exportTickets().find(digest(secret), settings.clock().instant()))
            .filter(person::equals)
            .isPresent();
  }

  /**
   * What is kept, as JSON, once.
   *
   * @return {@link Answer.Missing} when the address is not good, {@link Answer.Unavailable} when
   *     too many ask, and it stays good
   */
  public Answer<String> redeem(Jid person, String secret) {
    if (!isOffered(person, secret)) {
      return new Answer.Missing<>();
    }
    if (!places.tryAcquire()) {
      return new Answer.Unavailable<>("too many ask for their data");
    }
    try {
      Optional<PersonalData> data =
          store.inTransaction(session ->
              session
                  .exportTickets()
                  .redeem(digest(secret), settings.clock().instant())
                  .map(owner -> data(session, owner)));
      return data.map(this::written)
          .<Answer<String>>map(Answer::got)
          .orElseGet(Answer.Missing::new);
    } finally {
      places.release();
    }
  }

  private PersonalData data(Session session, Jid person) {
    List<LocalPost> posts = session.localPosts().live(person, MAX_POSTS);
    List<URI> followers = session.followers().page(person, Optional.empty(), MAX_FOLLOWERS);
    List<Reaction> reactions = session.reactions().ofActor(urls().actor(person), MAX_REACTIONS);
    List<DirectMessage> messages = session.messages().ofOwner(person, MAX_MESSAGES);
    return new PersonalData(
        person,
        settings.clock().instant(),
        session.accounts().find(person),
        session.members().find(person),
        session.noticeChoices().of(person),
        posts,
        followers,
        session.followings().ofSubscriber(person),
        session.blocks().of(person, BlockBridge.MAX_BLOCKS),
        reactions,
        messages,
        posts.size() < MAX_POSTS
            && followers.size() < MAX_FOLLOWERS
            && reactions.size() < MAX_REACTIONS
            && messages.size() < MAX_MESSAGES);
  }

  private String written(PersonalData data) {
    Optional<PublicKeys> keys =
        data.account().map(account -> keyring.publicKeys(account.address()));
    return new PersonalDataWriter(urls()).write(data, keys);
  }

  private GatewayUrls urls() {
    return settings.urls();
  }

  private static String digest(String secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
