package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.Entry;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Whom and what an entry speaks of, on the fediverse. What storage does not know is asked for
 * first, with {@link #meet}; then a transaction can tell it without asking anybody. Safe for any
 * thread.
 */
public final class References {
  /** People of one entry that are looked up; more are only text. */
  private static final int MAX_MENTIONS = 20;

  private final ActorDirectory directory;
  private final TimelineBridge timelines;
  private final GatewayUrls urls;
  private final VirtualJids virtual;
  private final Consumer<List<Runnable>> together;

  /**
   * @param together runs questions, side by side and not for ever: a post must not wait long for
   *     the servers of those whom it mentions
   */
  public References(
      ActorDirectory directory,
      TimelineBridge timelines,
      BridgeSettings settings,
      Consumer<List<Runnable>> together) {
    this.directory = directory;
    this.timelines = timelines;
    this.urls = settings.urls();
    this.virtual = settings.virtual();
    this.together = together;
  }

  /** Makes known what an entry refers to, as far as others answer in time. */
  void meet(Entry entry) {
    List<Runnable> questions = new ArrayList<>();
    entry.content().mentions().stream()
        .limit(MAX_MENTIONS)
        .flatMap(mention -> handle(mention).stream())
        .forEach(handle -> questions.add(() -> directory.byHandle(handle)));
    Stream.of(entry.via().stream(), entry.answers().stream())
        .flatMap(targets -> targets)
        .flatMap(target -> target.item().stream())
        .forEach(item -> questions.add(() -> timelines.meet(item)));
    entry
        .content()
        .quote()
        .flatMap(quote -> ItemAddress.parse(quote.toString()))
        .ifPresent(item -> questions.add(() -> timelines.meet(item)));
    if (!questions.isEmpty()) {
      together.accept(questions);
    }
  }

  /** Somebody of the fediverse by their virtual JID. */
  Optional<RemoteActor> person(Jid virtually) {
    return virtual.handle(virtually).flatMap(handle -> directory.byHandle(handle).value());
  }

  /** The same content with actor ids for those it mentions; who is not known is only text. */
  Content onFediverse(Session session, Content content) {
    List<Mention> known =
        content.mentions().stream()
            .limit(MAX_MENTIONS)
            .flatMap(mention -> actor(session, mention).stream())
            .distinct()
            .toList();
    Optional<URI> quote = content.quote().flatMap(there -> quoted(session, there));
    // What is quoted and not known there is still a link.
    List<Link> links =
        quote.isPresent() || content.quote().isEmpty()
            ? content.links()
            : Stream.concat(
                    content.links().stream(),
                    content.quote().stream().map(there -> new Link(there, Optional.empty())))
                .toList();
    return content.toBuilder().mentions(known).quote(quote).links(links).build();
  }

  private Optional<URI> quoted(Session session, URI there) {
    return ItemAddress.parse(there.toString())
        .map(item -> post(session, item))
        .orElseGet(() -> Optional.of(there));
  }

  private Optional<Mention> actor(Session session, Mention mention) {
    Optional<Jid> ours = served(mention);
    if (ours.isPresent()) {
      return ours.filter(jid -> session.accounts().find(jid).isPresent())
          .map(jid -> new Mention(urls.actor(jid), "@" + urls.handle(jid)));
    }
    return handle(mention)
        .flatMap(handle -> session.remoteActors().findByHandle(handle))
        .map(References::mention);
  }

  static Mention mention(RemoteActor actor) {
    return new Mention(actor.id(), "@" + actor.handle());
  }

  private Optional<Jid> served(Mention mention) {
    String target = mention.target().toString();
    return NodeAddress.jid(target)
        .or(() -> Handle.parse(target).flatMap(urls::byHandle))
        .filter(urls::serves);
  }

  private Optional<Handle> handle(Mention mention) {
    String target = mention.target().toString();
    return NodeAddress.jid(target)
        .map(virtual::handle)
        .orElseGet(() -> Handle.parse(target).filter(handle -> urls.byHandle(handle).isEmpty()));
  }

  /** The id of a post that an entry refers to; empty when it is none that we know. */
  Optional<URI> post(Session session, Entry.Target target) {
    return target
        .item()
        .flatMap(item -> post(session, item))
        .or(() ->
            uri(target.id())
                .filter(id ->
                    session.remotePosts().find(id).isPresent()
                        || session.discussions().find(id).isPresent()));
  }

  private Optional<URI> post(Session session, ItemAddress item) {
    return virtual
        .handle(item.service())
        .map(handle ->
            session
                .remoteActors()
                .findByHandle(handle)
                .flatMap(actor -> session.remotePosts().findByItem(actor.id(), item.id()))
                .map(kept -> kept.post().id()))
        .orElseGet(() ->
            session
                .localPosts()
                .findByItem(item)
                .map(live -> live.post())
                .filter(post -> post.audience().visibility().isOpen())
                .map(this::id));
  }

  private URI id(LocalPost post) {
    return urls.post(post.account(), post.key());
  }

  private static Optional<URI> uri(String text) {
    try {
      return text.startsWith("http") ? Optional.of(URI.create(text)) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
