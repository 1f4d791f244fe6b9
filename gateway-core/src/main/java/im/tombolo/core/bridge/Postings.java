package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.address.PostRef;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.LocalPosts;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Posts as items for XMPP: whose they are there, where they stand, what they refer to. */
final class Postings {
  private final GatewayUrls urls;
  private final VirtualJids virtual;
  private final MediaLinks media;

  Postings(BridgeSettings settings) {
    this.urls = settings.urls();
    this.virtual = settings.virtual();
    this.media = new MediaLinks(settings.media());
  }

  /**
   * An item of a fediverse account's blog.
   *
   * @param owner whose blog it is: the author, or who repeats
   * @param addressed the spelling of the owner's JID that is used
   */
  Posting inBlog(Session session, RemoteActor owner, Jid addressed, Kept kept) {
    ItemAddress at = new ItemAddress(addressed, Namespaces.MICROBLOG, kept.itemId());
    Byline publisher = new Byline(VCards.nameOf(owner), addressed);
    RemotePost post = kept.post();
    if (kept.repeat().isEmpty()) {
      NodeAddress comments = comments(addressed, kept.itemId());
      return posting(session, post, at, publisher, Optional.of(comments));
    }
    Posting original = atHome(session, post);
    if (owner.kind() == ActorKind.GROUP) {
      return inCommunity(original, at);
    }
    return new Posting(
        at,
        addressed,
        original.author(),
        original.id(),
        original.content(),
        original.dates(),
        original.page(),
        original.comments(),
        original.answers(),
        Optional.of(new Posting.Answered(original.id(), item(session, post.id()))));
  }

  /** Whoever looks into a community sees what was posted there, and not repeats of it. */
  private static Posting inCommunity(Posting original, ItemAddress at) {
    return new Posting(
        at,
        original.author().jid(),
        original.author(),
        original.id(),
        original.content(),
        original.dates(),
        original.page(),
        original.comments(),
        original.answers(),
        Optional.empty());
  }

  /** A post of the fediverse under its author's canonical JID, to be put into other nodes. */
  Posting atHome(Session session, RemotePost post) {
    Optional<Jid> account = urls.account(post.author());
    Byline author =
        account
            .map(jid -> byline(session, jid))
            .orElseGet(() -> byline(session.remoteActors().find(post.author()), post.author()));
    String itemId = Ids.itemId(post.id());
    ItemAddress at = new ItemAddress(author.jid(), Namespaces.MICROBLOG, itemId);
    Optional<NodeAddress> comments =
        account.isPresent()
            ? local(session, post.id()).flatMap(LocalPost::comments)
            : Optional.of(comments(author.jid(), itemId));
    return posting(session, post, at, author, comments);
  }

  /** A post of ours. */
  Posting local(Session session, LocalPost post) {
    Byline author = byline(session, post.account());
    URI id = urls.post(post.account(), post.key());
    return new Posting(
        post.item(),
        author.jid(),
        author,
        id.toString(),
        mentions(session, post.content()),
        post.dates(),
        Optional.of(id),
        post.comments(),
        answers(session, post.discussion().parent()),
        Optional.empty());
  }

  private Posting posting(
      Session session,
      RemotePost post,
      ItemAddress at,
      Byline author,
      Optional<NodeAddress> comments) {
    return new Posting(
        at,
        author.jid(),
        author,
        post.id().toString(),
        mentions(session, content(post)),
        post.dates(),
        post.page(),
        comments,
        answers(session, post.parent()),
        Optional.empty());
  }

  /** A snapshot of one of our own posts has its files at home. */
  private Content content(RemotePost post) {
    return urls.account(post.author()).isPresent() ? post.content() : media.in(post.content());
  }

  private List<Posting.Answered> answers(Session session, Optional<URI> parent) {
    return parent
        .map(id -> new Posting.Answered(id.toString(), item(session, id)))
        .map(List::of)
        .orElse(List.of());
  }

  /** Where a post of either network stands on XMPP. */
  Optional<ItemAddress> item(Session session, URI post) {
    Optional<PostRef> ours = urls.post(post);
    if (ours.isPresent()) {
      return local(session, post).map(LocalPost::item);
    }
    return session
        .remotePosts()
        .find(post)
        .filter(kept -> kept.repeat().isEmpty())
        .flatMap(kept -> session.remoteActors().find(kept.post().author()))
        .map(author ->
            new ItemAddress(virtual.of(author.handle()), Namespaces.MICROBLOG, Ids.itemId(post)));
  }

  /** Whether an actor is one of ours. */
  boolean isServed(URI actor) {
    return urls.account(actor).isPresent();
  }

  /** A live post of ours, by its id. */
  Optional<LocalPost> local(Session session, URI post) {
    return urls.post(post)
        .flatMap(ref -> session.localPosts().find(ref.account(), ref.key()))
        .flatMap(kept ->
            kept instanceof LocalPosts.Kept.Live live
                ? Optional.of(live.post())
                : Optional.empty());
  }

  /** The address under which an actor is known here. */
  Jid jid(RemoteActor actor) {
    return virtual.of(actor.handle());
  }

  static NodeAddress comments(Jid virtualJid, String itemId) {
    return new NodeAddress(virtualJid, Namespaces.COMMENTS + itemId);
  }

  private Byline byline(Session session, Jid account) {
    String name =
        session
            .accounts()
            .find(account)
            .map(Account::face)
            .map(Account.Face::name)
            .filter(face -> !face.isEmpty())
            .orElse(account.local());
    return new Byline(name, account);
  }

  private Byline byline(Optional<RemoteActor> actor, URI id) {
    Handle handle =
        actor.map(RemoteActor::handle).orElseGet(() -> new Handle(id.getHost(), id.getHost()));
    return new Byline(actor.map(VCards::nameOf).orElseGet(handle::toString), virtual.of(handle));
  }

  /** Mentioned people by their addresses on XMPP; whoever has none there is left to the text. */
  private Content mentions(Session session, Content content) {
    List<Mention> there =
        content.mentions().stream()
            .flatMap(mention ->
                jid(session, mention).stream()
                    .map(jid -> new Mention(URI.create(jid.uri()), mention.name())))
            .toList();
    return content.toBuilder().mentions(there).build();
  }

  /** Mastodon leaves out the host of its own people. */
  private Optional<Jid> jid(Session session, Mention mention) {
    return urls.account(mention.target())
        .or(() ->
            session
                .remoteActors()
                .find(mention.target())
                .map(RemoteActor::handle)
                .or(() -> Handle.parse(mention.name()))
                .map(virtual::of));
  }
}
