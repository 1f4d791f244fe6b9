package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.Entry;
import im.tombolo.core.bridge.PostBridge.Place;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Makes posts of entries. Works inside the caller's transaction. */
final class PostComposer {
  private final GatewayUrls urls;
  private final InstantSource clock;
  private final References references;
  private final Recipients recipients;
  private final Forums forums;

  PostComposer(References references, BridgeSettings settings) {
    this.urls = settings.urls();
    this.clock = settings.clock();
    this.references = references;
    this.recipients = new Recipients(settings.urls());
    this.forums = new Forums(settings);
  }

  /** Its words are those of the post that it repeats: they would come before everybody. */
  boolean repeatsWhatIsForFewer(Session session, Entry entry) {
    return entry
        .via()
        .flatMap(via -> references.post(session, via))
        .flatMap(id -> session.remotePosts().find(id))
        .filter(kept -> !kept.post().audience().visibility().isOpen())
        .isPresent();
  }

  /** A new one. */
  LocalPost made(Session session, Place place, String itemId, Entry entry) {
    Optional<URI> repeated =
        place.under().isPresent()
            ? Optional.empty()
            : entry.via().flatMap(via -> references.post(session, via));
    Discussion discussion = discussion(session, place, entry);
    Content content = content(session, entry, discussion, place.author(), place.audience());
    return new LocalPost(
        place.author(),
        place.key(itemId),
        place.node().item(itemId),
        content,
        entry.dates(),
        entry.page(),
        comments(entry),
        forums.audience(session, place.audience(), discussion, content),
        discussion,
        repeated,
        Optional.empty());
  }

  /**
   * A node that is made for comments, at home: its service is to be believed, nobody's blog is
   * taken for comments on another's, and nobody makes us publish elsewhere.
   */
  private Optional<NodeAddress> comments(Entry entry) {
    return entry
        .comments()
        .filter(node -> node.node().startsWith(Namespaces.COMMENTS))
        .filter(node -> urls.isHome(node.service().domain()));
  }

  /** A comment answers the post above it, or the comment beside it that it names. */
  private Discussion discussion(Session session, Place place, Entry entry) {
    Optional<URI> named =
        entry.answers().stream()
            .flatMap(target -> references.post(session, target).stream())
            .findFirst();
    return named
        .or(place::under)
        .map(parent ->
            new Discussion(Optional.of(parent), context(session, parent), Optional.empty()))
        .orElse(Discussion.NONE);
  }

  /** The discussion's own: of the post of ours that it began with, or what its posts say. */
  private Optional<URI> context(Session session, URI parent) {
    URI root = session.discussions().find(parent).map(Discussions.Entry::root).orElse(parent);
    return urls.post(root)
        .map(ours -> urls.context(ours.account(), ours.key()))
        .or(() ->
            session.remotePosts().find(parent).flatMap(kept -> kept.post().discussion().context()));
  }

  /**
   * On the fediverse, whom one answers is mentioned: else nobody tells them. What is not for
   * everybody does not reach others by naming them.
   */
  private Content content(
      Session session, Entry entry, Discussion discussion, Jid writer, Audience audience) {
    Content content = references.onFediverse(session, entry.content());
    Content answering =
        discussion
            .parent()
            .flatMap(parent -> recipients.author(session, parent))
            .map(author -> Recipients.mentioning(content, author))
            .orElse(content);
    return audience.visibility().isOpen()
        ? answering
        : Recipients.only(answering, person -> isReader(session, writer, audience, person));
  }

  /** Whether a post that is not for everybody is for somebody. */
  static boolean isReader(Session session, Jid author, Audience audience, URI person) {
    return audience.people().contains(person)
        || (audience.visibility() == Visibility.FOLLOWERS
            && session.followers().find(author, person).isPresent());
  }

  /** Mastodon takes an edit only when {@code updated} is later than what it has. */
  LocalPost edited(Session session, LocalPost before, Entry now) {
    Instant published = before.dates().published();
    Instant updated =
        now.dates().updated().isAfter(before.dates().updated())
            ? now.dates().updated()
            : clock.instant();
    return before.edited(
        attended(
            session,
            before,
            content(session, now, before.discussion(), before.account(), before.audience())),
        new Dates(published, updated),
        now.page(),
        comments(now));
  }

  /** Who comes to an event still does, whatever else is said of it now. */
  private Content attended(Session session, LocalPost before, Content now) {
    int coming = session.rsvps().count(urls.post(before.account(), before.key())).confirmed();
    return coming == 0
        ? now
        : now.toBuilder()
            .event(now.event().map(event -> event.with(event.joining().attendedBy(coming))))
            .build();
  }
}
