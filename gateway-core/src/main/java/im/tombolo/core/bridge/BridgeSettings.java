package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Ticker;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.MediaUrls;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.policy.Moderation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the flows have in common.
 *
 * @param media addresses of the media proxy, when it is on
 * @param moderation whom the administrator does not want
 */
public record BridgeSettings(
    GatewayUrls urls,
    VirtualJids virtual,
    InstantSource clock,
    Limits limits,
    Optional<MediaUrls> media,
    Choices choices,
    Moderation moderation) {

  /**
   * What administrators choose.
   *
   * @param consent who is bridged that said nothing about it
   * @param likesAsComments whether likes are shown as comments too, for clients that know no other
   * @param communities groups that are listed for people to find, in order
   * @param sendsBlocks whether whom people here block is told to their servers
   */
  public record Choices(
      Consent consent, boolean likesAsComments, List<Handle> communities, boolean sendsBlocks) {
    /** Movim asks two questions for each. */
    private static final int MAX_COMMUNITIES = 100;

    public Choices {
      communities = communities.stream().distinct().limit(MAX_COMMUNITIES).toList();
    }

    /** Without communities, and telling nobody of blocks. */
    public Choices(Consent consent, boolean likesAsComments) {
      this(consent, likesAsComments, List.of(), false);
    }

    public static final Choices DEFAULT = new Choices(Consent.OPEN_NODES, true);
  }

  /** Who is bridged that said nothing about it. */
  public enum Consent {
    /** Everybody whose blog strangers can read, and who does something there. */
    OPEN_NODES,
    /** Nobody. */
    OPT_IN
  }

  /** Where the administrator has nothing against anybody. */
  public BridgeSettings(
      GatewayUrls urls,
      VirtualJids virtual,
      InstantSource clock,
      Limits limits,
      Optional<MediaUrls> media,
      Choices choices) {
    this(urls, virtual, clock, limits, media, choices, new Moderation(Moderation.Choices.NONE));
  }

  /** With the choices that nobody made. */
  public BridgeSettings(
      GatewayUrls urls,
      VirtualJids virtual,
      InstantSource clock,
      Limits limits,
      Optional<MediaUrls> media) {
    this(urls, virtual, clock, limits, media, Choices.DEFAULT);
  }

  /** Without the media proxy. */
  public BridgeSettings(GatewayUrls urls, VirtualJids virtual, InstantSource clock, Limits limits) {
    this(urls, virtual, clock, limits, Optional.empty());
  }

  /**
   * @param reconcileSoonest shortest time between two comparisons of a blog with its server
   * @param reconcileLatest longest time between them; a quiet blog is read as seldom as that
   * @param reconcileItems newest items that one comparison reads, 1 to 10,000
   * @param historyPosts posts that are read of a fediverse account's past at a time
   */
  public record Limits(
      Duration reconcileSoonest, Duration reconcileLatest, int reconcileItems, int historyPosts) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofMinutes(5), Duration.ofHours(24), 200, 40);
  }

  public Consent consent() {
    return choices.consent();
  }

  /** The clock, for caches. */
  Ticker ticker() {
    return () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
  }
}
