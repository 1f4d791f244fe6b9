package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Deliveries.Progress;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells people where on the fediverse their posts went. Safe for any thread. */
public final class ReportBridge {
  /** Posts that one report is about. */
  public static final int NEWEST = 5;

  /** Servers of one post that are told of. */
  public static final int MAX_SERVERS = 100;

  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final int FORGET_BATCH = 1_000;

  private final Store store;
  private final BridgeSettings settings;
  private final ActivityWriter activities;

  public ReportBridge(Store store, BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
  }

  /**
   * @param address of the post
   * @param progress of its deliveries; nothing when nobody was to be told, or it is long ago
   */
  public record Report(LocalPost post, URI address, Progress progress) {}

  /** Of the newest posts of somebody. */
  public List<Report> newest(Jid from) {
    return store.inTransaction(session ->
        session.localPosts().page(from.bare(), true, Optional.empty(), NEWEST).stream()
            .map(post -> report(session, post))
            .toList());
  }

  /** Of one post; empty unless it is one's own. */
  public Optional<Report> of(Jid from, URI address) {
    return at(address).filter(report -> report.post().account().equals(from.bare()));
  }

  /** Of whoever's post has that address. */
  public Optional<Report> at(URI address) {
    return settings
        .urls()
        .post(address)
        .flatMap(post ->
            store.inTransaction(session ->
                session
                    .localPosts()
                    .find(post.account(), post.key())
                    .filter(Kept.Live.class::isInstance)
                    .map(kept -> report(session, ((Kept.Live) kept).post()))));
  }

  private Report report(Session session, LocalPost post) {
    return new Report(
        post,
        settings.urls().post(post.account(), post.key()),
        session.deliveries().progress(activities.create(post).key(), MAX_SERVERS));
  }

  /** Forgets what was delivered long ago; how many deliveries it were. */
  public int forgetOld() {
    return store.inTransaction(session ->
        session
            .deliveries()
            .forgetDelivered(settings.clock().instant().minus(REMEMBERED), FORGET_BATCH));
  }
}
