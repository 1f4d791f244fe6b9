package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.PostRef;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.QuoteStamp;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.Quotes;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;

/** Leave to quote (FEP-044f): public posts may be quoted by everybody, as their policy says. */
final class QuoteBridge {
  private final RemoteSource source;
  private final GatewayUrls urls;
  private final Postings postings;
  private final PostBridge posts;
  private final ActivityWriter activities;

  QuoteBridge(RemoteSource source, PostBridge posts, BridgeSettings settings) {
    this.source = source;
    this.urls = settings.urls();
    this.postings = new Postings(settings);
    this.posts = posts;
    this.activities = new ActivityWriter(urls);
  }

  /** Somebody asks to quote a post of ours. */
  Effect requested(IncomingActivity.QuoteRequest request) {
    Optional<PostRef> quoted = urls.post(request.quoted());
    if (quoted.isEmpty()) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> asker = source.actor(request.actor());
    if (!(asker instanceof Answer.Got<RemoteActor>(RemoteActor actor))) {
      return Effect.without(asker);
    }
    return Effect.now(session -> {
      Jid account = quoted.get().account();
      boolean mayQuote =
          postings
              .local(session, request.quoted())
              .filter(post -> post.audience().visibility().isOpen() && post.repeats().isEmpty())
              .isPresent();
      if (mayQuote) {
        send(session, account, stamped(session, quoted.get(), request), actor);
      } else if (session.accounts().find(account).isPresent()) {
        send(session, account, activities.rejectQuote(account, request), actor);
      }
    });
  }

  private Written stamped(Session session, PostRef quoted, IncomingActivity.QuoteRequest request) {
    String key = Ids.key("stamp", quoted.key(), request.quoting().toString());
    session.quotes().stamp(new QuoteStamp(quoted.account(), key, quoted.key(), request.quoting()));
    return activities.acceptQuote(quoted.account(), request, urls.stamp(quoted.account(), key));
  }

  private static void send(Session session, Jid signer, Written answer, RemoteActor to) {
    session
        .activities()
        .add(new Activities.Sent(answer.key(), signer, false, answer.json(), answer.turn()));
    session.deliveries().add(answer.key(), to.endpoints().inbox());
  }

  /**
   * Somebody whom we asked agrees; who knows the post gets the stamp.
   *
   * @return false when the answer is not to a request of ours
   */
  boolean accepted(Session session, IncomingActivity.Accept accept) {
    Optional<Quotes.Request> request =
        accept
            .request()
            .flatMap(session.quotes()::find)
            .filter(asked -> asked.quotedAuthor().equals(accept.actor()));
    request
        .flatMap(asked -> session.localPosts().find(asked.account(), asked.key()))
        .filter(Kept.Live.class::isInstance)
        .map(Kept.Live.class::cast)
        .ifPresent(live ->
            accept
                .result()
                .filter(stamp -> isSameServer(stamp, accept.actor()))
                .ifPresent(stamp -> authorized(session, live.post(), stamp)));
    return request.isPresent();
  }

  private void authorized(Session session, LocalPost post, URI stamp) {
    posts.changed(session, post.mayQuote(stamp), Ids.key("quote", stamp.toString()));
  }

  private static boolean isSameServer(URI one, URI other) {
    return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getAuthority()).equalsIgnoreCase(other.getAuthority());
  }
}
