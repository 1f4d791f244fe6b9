package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.DirectMessage.Place;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages belong together. The fediverse goes by what a note answers, XMPP by the thread,
 * which many clients leave out. Works inside the caller's transaction.
 */
final class Threads {
  /** Without any word on it, what is said among the same people in that time goes on. */
  static final Duration PAUSE = Duration.ofDays(7);

  private final BridgeSettings settings;

  Threads(BridgeSettings settings) {
    this.settings = settings;
  }

  /**
   * @param people actor ids of all who talk
   */
  Place outgoing(
      Session session, Correspondents.Circle circle, Set<URI> people, ChatMessage.Words words) {
    Jid owner = circle.owner();
    String among = DirectMessage.circle(settings.urls().actor(owner), people);
    Optional<String> thread = words.header().thread();
    Optional<DirectMessage> before =
        words
            .answers()
            .flatMap(name -> session.messages().named(owner, circle.first().id(), name))
            .filter(message -> !message.gone())
            .or(() ->
                thread.isPresent()
                    ? session.messages().lastOfThread(owner, thread.get(), people)
                    : session.messages().lastOfCircle(owner, among, since()));
    if (before.isPresent()) {
      Place place = before.get().place();
      return new Place(
          thread.orElse(place.thread()), place.context(), Optional.of(before.get().object()));
    }
    String key =
        Ids.key(
            "conversation",
            owner.toString(),
            among,
            thread.orElseGet(() -> settings.clock().instant().toString()));
    return new Place(
        thread.orElse(key), settings.urls().conversation(owner, key), Optional.empty());
  }

  /** A note to somebody here; some servers tell neither what it answers nor its context. */
  Place incoming(Session session, Jid owner, RemotePost post) {
    Optional<URI> context = post.discussion().context();
    Optional<DirectMessage> before =
        post.parent()
            .flatMap(parent -> session.messages().find(owner, parent))
            .or(() -> context.flatMap(id -> session.messages().lastOfContext(owner, id)))
            .or(() ->
                post.parent().isPresent() || context.isPresent()
                    ? Optional.empty()
                    : session
                        .messages()
                        .lastOfCircle(
                            owner,
                            DirectMessage.circle(post.author(), post.audience().people()),
                            since()));
    URI begun =
        before.map(message -> message.place().context()).or(() -> context).orElse(post.id());
    String thread = before.map(message -> message.place().thread()).orElseGet(() -> name(begun));
    return new Place(thread, begun, post.parent());
  }

  private static String name(URI context) {
    return Ids.key("thread", context.toString());
  }

  private Instant since() {
    return settings.clock().instant().minus(PAUSE);
  }
}
