package im.tombolo.http.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Peers;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.core.port.Store;
import im.tombolo.http.signature.StructuredField.Bare;
import im.tombolo.http.signature.StructuredField.InnerList;
import im.tombolo.http.signature.StructuredField.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Which hosts read which signatures. draft-cavage goes first: some servers answer 202 to what they
 * cannot read, and drop it. A host that showed that it reads RFC 9421 gets that, as long as the
 * evidence is not old. Safe for any thread.
 */
public final class Dialects {
  private static final Duration BELIEVED = Duration.ofDays(7);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final long MAX_REMEMBERED = 10_000;
  // What our signatures by RFC 9421 cover.
  private static final Set<String> COVERED =
      Set.of(
          "@method", "@target-uri", "@authority", "host", "date", "content-digest", "content-type");

  private final Preference preference;
  private final Store store;
  private final InstantSource clock;
  private final Cache<String, Optional<Dialect>> remembered;
  private final Cache<String, Boolean> vain;

  /** What the administrator wants. */
  public enum Preference {
    /** draft-cavage first, RFC 9421 for hosts that read it. */
    AUTO,
    /** Nothing but draft-cavage. */
    DRAFT_CAVAGE,
    /** RFC 9421 first for hosts of which nothing is known. */
    RFC_9421
  }

  public Dialects(Preference preference, Store store, InstantSource clock) {
    this.preference = preference;
    this.store = store;
    this.clock = clock;
    this.remembered = cache(REMEMBERED);
    this.vain = cache(Duration.ofDays(1));
  }

  private <T> Cache<String, T> cache(Duration time) {
    return Caffeine.newBuilder()
        .expireAfterWrite(time)
        .maximumSize(MAX_REMEMBERED)
        .ticker(() -> clock.millis() * 1_000_000)
        .build();
  }

  /**
   * What to try with a host, in order; the second where the first was not understood.
   *
   * @param host {@link im.tombolo.core.address.Authority}
   */
  List<Dialect> spoken(String host) {
    if (preference == Preference.DRAFT_CAVAGE) {
      return List.of(Dialect.DRAFT_CAVAGE);
    }
    Optional<Dialect> known = remembered.get(host, this::find);
    Dialect first =
        known.orElse(preference == Preference.RFC_9421 ? Dialect.RFC_9421 : Dialect.DRAFT_CAVAGE);
    return vain.getIfPresent(host) == null ? List.of(first, first.other()) : List.of(first);
  }

  /**
   * What the storage says of a host, read along with something else.
   *
   * @param dialect {@link Peers#dialect}
   */
  public void known(String host, Optional<Dialect> dialect) {
    var _ = remembered.get(host, unknown -> dialect);
  }

  private Optional<Dialect> find(String host) {
    return store.inTransaction(session -> session.peers().dialect(host));
  }

  /** The host took a request that was signed so, or signed one to us so. */
  public void understands(String host, Dialect dialect) {
    if (preference == Preference.DRAFT_CAVAGE) {
      return;
    }
    vain.invalidate(host);
    Optional<Dialect> known = remembered.get(host, this::find);
    boolean isDefault = known.isEmpty() && dialect == Dialect.DRAFT_CAVAGE;
    if (!isDefault && !known.equals(Optional.of(dialect))) {
      Instant until = clock.instant().plus(BELIEVED);
      store.inTransaction(session -> {
        session.peers().understands(host, dialect, until);
        return true;
      });
      remembered.put(host, Optional.of(dialect));
    }
  }

  /** The host refused both: for a day it is asked in one way only. */
  public void understandsNeither(String host) {
    vain.put(host, true);
  }

  /**
   * The host says with an answer what signatures it wants ({@code Accept-Signature}, RFC 9421 §5).
   */
  public void asks(String host, String acceptSignature) {
    if (DictionaryReader.read(acceptSignature)
            instanceof Reading.Of<SequencedMap<String, StructuredField>>(var wishes)
        && wishes.values().stream().anyMatch(Dialects::isWithin)) {
      understands(host, Dialect.RFC_9421);
    }
  }

  private static boolean isWithin(StructuredField wish) {
    return wish instanceof InnerList list
        && !list.parameters().containsKey("tag")
        && (!list.parameters().containsKey("alg")
            || new Bare.Text("rsa-v1_5-sha256").equals(list.parameters().get("alg")))
        && list.items().stream().allMatch(Dialects::isCovered);
  }

  private static boolean isCovered(Item item) {
    return item.parameters().isEmpty()
        && item.value() instanceof Bare.Text(String name)
        && COVERED.contains(name);
  }
}
