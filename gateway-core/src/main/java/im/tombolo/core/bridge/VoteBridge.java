package im.tombolo.core.bridge;

import im.tombolo.core.activity.PostReader;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.PollBridge.Voted;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Votes in polls that somebody names by their address. Blocking; safe for any thread. */
public final class VoteBridge {
  private final Store store;
  private final Fediverse fediverse;
  private final RemoteSource source;
  private final TimelineBridge timelines;
  private final PollBridge polls;

  public VoteBridge(
      Store store,
      Fediverse fediverse,
      ActorDirectory directory,
      TimelineBridge timelines,
      PollBridge polls,
      BridgeSettings settings) {
    this.store = store;
    this.fediverse = fediverse;
    this.source = new RemoteSource(store, fediverse, directory, settings);
    this.timelines = timelines;
    this.polls = polls;
  }

  /**
   * @param address of the poll: a URL, also of its page, or an {@code xmpp:} item
   * @param choice numbers from 1, or the name of an answer
   * @return {@link Answer.Closed} for who is not served here, or left
   */
  public Answer<Voted> vote(Jid from, String address, String choice) {
    Jid voter = from.bare();
    if (!polls.mayAct(voter)) {
      return new Answer.Closed<>();
    }
    return question(voter, address.strip())
        .flatMap(question ->
            source
                .actor(question.author())
                .map(author -> {
                  Optional<Set<Integer>> chosen =
                      question.content().poll().flatMap(poll -> PollBridge.chosen(poll, choice));
                  return chosen
                      .map(places -> polls.vote(author, question, voter, places))
                      .orElseGet(Voted.NotThere::new);
                }));
  }

  RemoteSource source() {
    return source;
  }

  /**
   * A post that somebody may see.
   *
   * @param address a URL, also of its page, or an {@code xmpp:} item
   */
  Answer<RemotePost> question(Jid voter, String address) {
    Optional<ItemAddress> item = ItemAddress.parse(address);
    if (item.isPresent()) {
      return timelines
          .actor(item.get().service())
          .flatMap(actor -> timelines.post(actor, voter, item.get().id()))
          .map(Kept::post);
    }
    return url(address).map(url -> byUrl(voter, url)).orElseGet(Answer.Missing::new);
  }

  private static Optional<URI> url(String address) {
    try {
      return Optional.of(URI.create(address)).filter(url -> url.getHost() != null);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Answer<RemotePost> byUrl(Jid voter, URI url) {
    Optional<RemotePost> held = held(voter, url);
    if (held.isPresent()) {
      return Answer.got(held.get());
    }
    Answer<RemotePost> there = source.post(url);
    return there instanceof Answer.Missing ? byPage(voter, url) : there;
  }

  /** Pages for people give the post's document too, which says where the post is. */
  private Answer<RemotePost> byPage(Jid voter, URI page) {
    return fediverse
        .document(page)
        .flatMap(document ->
            PostReader.read(document.json())
                .value()
                .map(RemotePost::id)
                .filter(id -> !id.equals(page))
                .map(id ->
                    held(voter, id)
                        .<Answer<RemotePost>>map(Answer::got)
                        .orElseGet(() -> source.post(id)))
                .orElseGet(Answer.Missing::new));
  }

  /** What we have of it, if the voter may see it. */
  private Optional<RemotePost> held(Jid voter, URI id) {
    return store.inTransaction(session ->
        session
            .remotePosts()
            .find(id)
            .filter(kept -> kept.repeat().isEmpty())
            .map(Kept::post)
            .filter(post ->
                RemotePostBridge.mayRead(
                    post,
                    session
                        .followings()
                        .find(voter, post.author())
                        .filter(following -> following.state() == FollowState.ACCEPTED)
                        .isPresent())));
  }
}
