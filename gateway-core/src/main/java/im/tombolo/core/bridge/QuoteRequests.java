package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Quotes;
import im.tombolo.core.port.Store.Session;
import java.net.URI;

/** Asks those who are quoted (FEP-044f). Works inside the caller's transaction. */
final class QuoteRequests {
  private final GatewayUrls urls;
  private final ActivityWriter activities;

  QuoteRequests(GatewayUrls urls) {
    this.urls = urls;
    this.activities = new ActivityWriter(urls);
  }

  /** Nothing for a post that quotes nobody, or somebody whom we do not know. */
  void ask(Session session, LocalPost post) {
    if (!post.audience().visibility().isOpen()) {
      return;
    }
    post.content()
        .quote()
        .flatMap(quoted -> session.remotePosts().find(quoted))
        .filter(kept -> kept.repeat().isEmpty())
        .flatMap(kept -> session.remoteActors().find(kept.post().author()))
        .ifPresent(author -> ask(session, post, author));
  }

  private void ask(Session session, LocalPost post, RemoteActor author) {
    URI quoted = post.content().quote().orElseThrow();
    Written request = activities.quoteRequest(post, quoted, author.id());
    boolean isNew =
        session
            .activities()
            .add(
                new Activities.Sent(
                    request.key(), post.account(), false, request.json(), request.turn()));
    if (isNew) {
      session
          .quotes()
          .asked(
              new Quotes.Request(
                  urls.activity(request.key()), post.account(), post.key(), author.id()));
      session.deliveries().add(request.key(), author.endpoints().inbox());
    }
  }
}
