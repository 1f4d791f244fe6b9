package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a transaction read ahead is as if it read it when it is asked for. */
class ForesightTest extends OnStorage {
  private static RemotePost post(String name) {
    return new RemotePost(
        id(name),
        ADA,
        Content.of(Html.ofPlainText("Hello")),
        new Dates(NOW, NOW),
        Optional.empty(),
        Audience.PUBLIC,
        Discussion.NONE);
  }

  private static Following following(URI actor) {
    return new Following(
        ROMEO,
        actor,
        ADA_JID,
        id("follow"),
        FollowState.ACCEPTED,
        new Following.Manner(true, false, false, Set.of(Feed.BLOG)));
  }

  private static Optional<Kept> found(RemotePost post) {
    return ask(session -> session.remotePosts().find(post.id()));
  }

  private static void foresee(Session session, RemotePost post) {
    session.foresee(List.of(post.id()), List.of(post.author()));
  }

  @Test
  void whatIsKeptAfterwardsIsFound() {
    RemotePost post = post("kept");
    act(session -> {
      foresee(session, post);
      assertThat(session.remotePosts().find(post.id())).isEmpty();
      assertThat(session.remotePosts().saveTold("kept", post)).isTrue();
      assertThat(session.remotePosts().find(post.id())).isPresent();
      assertThat(session.remotePosts().tell(post.id())).isFalse();
    });
    assertThat(found(post)).isPresent();
  }

  @Test
  void whatIsKeptAlreadyIsFound() {
    RemotePost post = post("known");
    act(session -> session.remotePosts().save("known", post));
    act(session -> {
      foresee(session, post);
      assertThat(session.remotePosts().find(post.id())).isPresent();
    });
  }

  @Test
  void aGraveStaysOne() {
    RemotePost post = post("grave");
    act(session -> session.remotePosts().bury(post.id(), ADA, NOW));
    act(session -> {
      foresee(session, post);
      assertThat(session.remotePosts().saveTold("grave", post)).isFalse();
    });
  }

  @Test
  void aGraveThatIsDugMeanwhileUndoesAllOfIt() {
    RemotePost post = post("meanwhile");
    RemotePost other = post("other");
    assertThatThrownBy(() ->
            act(session -> {
              session.foresee(List.of(post.id(), other.id()), List.of(ADA));
              assertThat(session.remotePosts().saveTold("other", other)).isTrue();
              assertThat(session.remotePosts().saveTold("meanwhile", post)).isTrue();
              act(elsewhere -> elsewhere.remotePosts().bury(post.id(), ADA, NOW));
            }))
        .isInstanceOf(StorageException.class);
    assertThat(found(other)).isEmpty();
    assertThat(found(post)).isEmpty();
  }

  @Test
  void followersAreThoseOfNow() {
    URI actor = URI.create("https://social.example/foreseen");
    act(session -> {
      session.foresee(List.of(), List.of(actor));
      assertThat(session.followings().isFollowed(actor)).isFalse();
      session.followings().save(following(actor));
      assertThat(session.followings().isFollowed(actor)).isTrue();
    });
    act(session -> {
      session.foresee(List.of(), List.of(actor));
      assertThat(session.followings().acceptedOf(actor, Optional.empty(), 9))
          .containsExactly(following(actor));
      session.followings().remove(ROMEO, actor);
      assertThat(session.followings().acceptedOf(actor, Optional.empty(), 9)).isEmpty();
    });
  }
}
