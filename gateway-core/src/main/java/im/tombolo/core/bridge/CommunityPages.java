package im.tombolo.core.bridge;

import im.tombolo.core.activity.NoteWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Communities.Submission;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a community here shows beside its posts (FEP-1b12). Safe for any thread. */
public final class CommunityPages {
  private static final int MAX_PINNED = 20;
  private static final int MAX_MODERATORS = 100;

  private final Store store;
  private final GatewayUrls urls;
  private final VirtualJids virtual;
  private final NoteWriter notes;

  public CommunityPages(Store store, GatewayUrls urls, VirtualJids virtual) {
    this.store = store;
    this.urls = urls;
    this.virtual = virtual;
    this.notes = new NoteWriter(urls);
  }

  /**
   * Posts that stand before all others, what was pinned last first.
   *
   * @return JSON objects of ours, and ids of others, at most 20
   */
  public List<String> featured(Jid community) {
    return store.inTransaction(session ->
        session.decisions().pinned(community, MAX_PINNED).stream()
            .flatMap(post -> featured(session, post).stream())
            .toList());
  }

  /** Nothing of what is not there any more. */
  private Optional<String> featured(Session session, URI post) {
    return urls.post(post)
        .map(ref ->
            session
                .localPosts()
                .find(ref.account(), ref.key())
                .flatMap(kept ->
                    kept instanceof Kept.Live live ? Optional.of(live.post()) : Optional.empty())
                .filter(ours -> ours.audience().visibility().isOpen())
                .map(notes::write))
        .orElseGet(() ->
            session
                .communities()
                .ofPost(post)
                .filter(Submission::accepted)
                .map(kept -> post.toString()));
  }

  /**
   * Actor ids of those who own the node or publish in it, and are on the fediverse; at most 100.
   */
  public List<URI> moderators(Jid community) {
    return store.inTransaction(session ->
        session.decisions().affiliations(community).entrySet().stream()
            .filter(one -> one.getValue().moderates())
            .sorted(Map.Entry.<Jid, Affiliation>comparingByValue())
            .flatMap(one -> actor(session, one.getKey()).stream())
            .limit(MAX_MODERATORS)
            .toList());
  }

  private Optional<URI> actor(Session session, Jid who) {
    return virtual
        .handle(who)
        .map(handle -> session.remoteActors().findByHandle(handle).map(RemoteActor::id))
        .orElseGet(() ->
            Optional.of(who)
                .filter(urls::serves)
                .flatMap(session.accounts()::find)
                .filter(Account::isActor)
                .map(account -> urls.actor(account.address())));
  }
}
