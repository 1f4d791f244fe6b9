package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.PostRef;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The people here to whom posts of the fediverse speak. Works inside the caller's transaction. */
final class Addressees {
  private final GatewayUrls urls;
  private final Postings postings;
  private final PersonalNotices notices;

  Addressees(BridgeSettings settings) {
    this.urls = settings.urls();
    this.postings = new Postings(settings);
    this.notices = new PersonalNotices(settings);
  }

  /** Served accounts that a post addresses or mentions. */
  Set<Jid> speaksTo(Session session, RemotePost post) {
    return Stream.of(
            post.audience().people().stream(),
            post.audience().communities().stream(),
            post.content().mentions().stream().map(Mention::target))
        .flatMap(named -> named)
        .flatMap(actor -> urls.account(actor).stream())
        .filter(jid -> session.accounts().find(jid).filter(Account::isActor).isPresent())
        .collect(Collectors.toSet());
  }

  /**
   * Tells those whom a post speaks to, and whose post it answers, as far as they may read it.
   *
   * @param edited the state whose people were told before
   */
  void tell(Session session, RemoteActor author, RemotePost post, Optional<RemotePost> edited) {
    Set<Jid> before = edited.map(state -> meant(session, state)).orElseGet(Set::of);
    List<Jid> accounts =
        meant(session, post).stream()
            .filter(account -> !before.contains(account))
            .filter(
                account -> RemotePostBridge.mayRead(post, follows(session, account, post.author())))
            // In one order for everybody: what each was told is counted in a row of their own.
            .sorted(Comparator.comparing(Jid::toString))
            .toList();
    if (accounts.isEmpty()) {
      return;
    }
    Posting posting = postings.atHome(session, post);
    Optional<Jid> asked = asked(post);
    accounts.forEach(account ->
        notices.spokenTo(
            session, author, posting, account, asked.filter(account::equals).isPresent()));
  }

  private Set<Jid> meant(Session session, RemotePost post) {
    return Stream.concat(speaksTo(session, post).stream(), asked(post).stream())
        .collect(Collectors.toSet());
  }

  /** Whose post of ours it answers. */
  private Optional<Jid> asked(RemotePost post) {
    return post.parent().flatMap(urls::post).map(PostRef::account);
  }

  private static boolean follows(Session session, Jid account, URI author) {
    return session
        .followings()
        .find(account, author)
        .filter(following -> following.state() == FollowState.ACCEPTED)
        .isPresent();
  }
}
