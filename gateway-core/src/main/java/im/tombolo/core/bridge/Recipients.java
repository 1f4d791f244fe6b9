package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is told of a post of ours beside its author's followers. */
final class Recipients {
  /** People of one discussion that get each new comment; the others find it where it is. */
  private static final int MAX_AUTHORS = 100;

  private final GatewayUrls urls;

  Recipients(GatewayUrls urls) {
    this.urls = urls;
  }

  /**
   * @param followersOf served accounts whose followers are all told
   */
  record To(Set<Jid> followersOf, Set<URI> inboxes) {}

  /**
   * Of a post for followers, they alone. Else the author's followers, those whom it mentions,
   * repeats or answers, and who wrote above it.
   */
  To of(Session session, LocalPost post) {
    if (post.audience().visibility() == Visibility.FOLLOWERS) {
      return new To(Set.of(post.account()), Set.of());
    }
    boolean open = post.audience().visibility().isOpen();
    Set<URI> actors = new LinkedHashSet<>(post.audience().people());
    post.content().mentions().forEach(mention -> actors.add(mention.target()));
    post.repeats()
        .flatMap(repeated -> author(session, repeated))
        .ifPresent(m -> actors.add(m.target()));
    Set<Jid> followersOf = new LinkedHashSet<>();
    if (open) {
      actors.addAll(post.audience().communities());
      followersOf.add(post.account());
      post.discussion().parent().ifPresent(parent -> above(session, parent, actors, followersOf));
    }
    Set<URI> inboxes =
        actors.stream()
            .flatMap(actor -> session.remoteActors().find(actor).stream())
            .map(RemoteActor::endpoints)
            .map(there -> open ? there.sharedInbox().orElse(there.inbox()) : there.inbox())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new To(followersOf, inboxes);
  }

  /** Of a discussion under a post of ours, that author's followers are told as well. */
  private void above(Session session, URI parent, Set<URI> actors, Set<Jid> followersOf) {
    URI root = session.discussions().find(parent).map(Discussions.Entry::root).orElse(parent);
    actors.addAll(session.discussions().authors(root, MAX_AUTHORS));
    urls.post(root).ifPresent(ours -> followersOf.add(ours.account()));
  }

  /** Who wrote a post of either network. */
  Optional<Mention> author(Session session, URI post) {
    return urls.post(post)
        .map(ours -> ours.account())
        .map(account -> new Mention(urls.actor(account), "@" + urls.handle(account)))
        .or(() ->
            session
                .remotePosts()
                .find(post)
                .flatMap(kept -> session.remoteActors().find(kept.post().author()))
                .map(References::mention));
  }

  /** Without mentions of people who may not read it: to them they are only text. */
  static Content only(Content content, Predicate<URI> isReader) {
    return content.toBuilder()
        .mentions(
            content.mentions().stream().filter(mention -> isReader.test(mention.target())).toList())
        .build();
  }

  static Content mentioning(Content content, Mention somebody) {
    boolean there =
        content.mentions().stream().anyMatch(one -> one.target().equals(somebody.target()));
    List<Mention> all =
        there
            ? content.mentions()
            : Stream.concat(Stream.of(somebody), content.mentions().stream()).toList();
    return content.toBuilder().mentions(all).build();
  }
}
