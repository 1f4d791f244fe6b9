package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.Profile;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Keys.ActorPairs;
import im.tombolo.core.port.Keys.Assigned;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.LocalPosts.Position;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageTest extends OnStorage {
  private static final Jid JULIET = Jid.of("juliet@example.org");

  @BeforeEach
  void empty() {
    for (String table :
        List.of(
            "account",
            "actor_key",
            "spare_key",
            "local_post",
            "follower",
            "remote_actor",
            "remote_post",
            "following",
            "delivery",
            "activity",
            "inbox",
            "stanza",
            "picture")) {
      storage.inTransaction(session -> ((SqlSession) session).sql().update("delete from " + table));
    }
  }

  // AssertJ has an assertThat for each kind of answer, which a generic method leaves open.
  private static <T> Optional<T> one(Function<Session, Optional<T>> work) {
    return ask(work);
  }

  private static <T> List<T> list(Function<Session, List<T>> work) {
    return ask(work);
  }

  private static boolean is(Predicate<Session> work) {
    return ask(work::test);
  }

  private static long number(ToLongFunction<Session> work) {
    return ask(work::applyAsLong);
  }

  private static final NodeAddress BLOG = new NodeAddress(ROMEO, Namespaces.MICROBLOG);

  private static LocalPost post(String item, Instant at) {
    return new LocalPost(
        ROMEO,
        "key-" + item,
        BLOG.item(item),
        Content.of(new RichText("<p>x</p>")),
        new Dates(at, at),
        Optional.empty());
  }

  private static RemotePost remote(String name, Visibility visibility, Instant at) {
    return new RemotePost(
        URI.create(ADA + "/" + name),
        ADA,
        Content.of(new RichText("<p>x</p>")),
        new Dates(at, at),
        Optional.empty(),
        new Audience(visibility, Set.of(), Set.of()),
        Discussion.NONE);
  }

  @Test
  void aDatabaseThatRefusesUsIsToldAtOnce() {
    DatabaseSettings good = server.settings(1);
    DatabaseSettings elsewhere =
        new DatabaseSettings(
            good.url().replace("/postgres?", "/nowhere?"), good.user(), good.password(), 1);

    assertThatThrownBy(() -> Storage.open(elsewhere, () -> NOW))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("database.url");
  }

  @Test
  void workThatThrowsLeavesNothingBehind() {
    assertThatThrownBy(() ->
            act(session -> {
              session.stanzas().add("a", JULIET, "<message/>");
              throw new IllegalStateException("no");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(number(session -> session.stanzas().waiting())).isZero();
  }

  @Test
  void anAccountComesBackAsItWasAndIsDueAtOnce() {
    Account account =
        new Account(
            ROMEO,
            ActorKind.PERSON,
            Account.Blog.OPEN,
            false,
            new Account.Face(
                "Romeo",
                new RichText("<p>b</p>"),
                Optional.of(new Account.Avatar("ab", "image/png"))),
            NOW);
    act(session -> session.accounts().save(account));
    assertThat(one(session -> session.accounts().find(ROMEO))).contains(account);
    assertThat(list(session -> session.accounts().due(NOW, 9))).containsExactly(account);
    assertThat(number(session -> session.accounts().countActors())).isEqualTo(1);
  }

  @Test
  void anAccountIsDueUntilItsNextTimeIsSet() {
    act(session -> session.accounts().save(account(ROMEO)));
    assertThat(list(session -> session.accounts().due(NOW, 9))).hasSize(1);
    assertThat(list(session -> session.accounts().due(NOW, 9))).hasSize(1);
    act(session -> session.accounts().reconcileAt(ROMEO, NOW.plusSeconds(60)));
    assertThat(list(session -> session.accounts().due(NOW.plusSeconds(59), 9))).isEmpty();
    assertThat(list(session -> session.accounts().due(NOW.plusSeconds(60), 9))).hasSize(1);
    act(session -> session.accounts().save(account(ROMEO).acting()));
    assertThat(list(session -> session.accounts().due(NOW, 9))).isEmpty();
  }

  @Test
  void anEarlierTimeCountsAndALaterOneDoesNotPutOff() {
    act(session -> {
      session.accounts().save(account(ROMEO));
      session.accounts().reconcileAt(ROMEO, NOW.plusSeconds(60));
      session.accounts().reconcileBy(ROMEO, NOW.plusSeconds(90));
    });
    assertThat(list(session -> session.accounts().due(NOW.plusSeconds(60), 9))).hasSize(1);
    act(session -> session.accounts().reconcileBy(ROMEO, NOW.plusSeconds(10)));
    assertThat(list(session -> session.accounts().due(NOW.plusSeconds(10), 9))).hasSize(1);
  }

  @Test
  void whoWasDueLongestComesFirst() {
    act(session -> {
      session.accounts().save(account(ROMEO));
      session.accounts().save(account(JULIET));
      session.accounts().reconcileAt(JULIET, NOW.minusSeconds(1));
    });
    assertThat(list(session -> session.accounts().due(NOW, 9)))
        .extracting(Account::address)
        .containsExactly(JULIET, ROMEO);
    assertThat(list(session -> session.accounts().due(NOW, 1)))
        .extracting(Account::address)
        .containsExactly(JULIET);
  }

  private static Account account(Jid address) {
    return new Account(
        address, ActorKind.PERSON, Account.Blog.OPEN, false, Account.Face.EMPTY, NOW);
  }

  @Test
  void anOwnerGetsOneSpareAndKeepsIt() {
    ActorPairs pairs =
        new ActorPairs(
            new KeyPairPem("public", "private"), new KeyPairPem("ed public", "ed private"));
    assertThat(one(session -> session.keys().assign("a"))).isEmpty();
    act(session -> session.keys().addSpare(pairs));
    assertThat(one(session -> session.keys().assign("a")))
        .contains(new Assigned(pairs, NOW, 1, Optional.empty()));
    assertThat(number(session -> session.keys().spares())).isZero();
    assertThat(one(session -> session.keys().assign("a")))
        .contains(new Assigned(pairs, NOW, 1, Optional.empty()));
  }

  @Test
  void aBuriedPostNeverReturns() {
    act(session -> {
      session.localPosts().save(post("1", NOW), "d1");
      session.localPosts().bury(ROMEO, "key-1", NOW);
      session.localPosts().save(post("1", NOW), "d2");
    });
    assertThat(one(session -> session.localPosts().find(ROMEO, "key-1")))
        .contains(new Kept.Grave("key-1", NOW));
    assertThat(list(session -> session.localPosts().known(BLOG))).isEmpty();
    assertThat(number(session -> session.localPosts().count(ROMEO, false))).isZero();
  }

  @Test
  void postsArePagedByDateAndKnownByPublication() {
    act(session -> {
      session.localPosts().save(post("1", NOW), "d");
      session.localPosts().save(post("2", NOW.plusSeconds(1)), "d");
      session.localPosts().save(post("3", NOW.plusSeconds(1)), "d");
      session.localPosts().save(post("1", NOW), "d2");
      session.localPosts().markEvicted(ROMEO, "key-2");
    });
    assertThat(list(session -> session.localPosts().known(BLOG)))
        .extracting(Known::itemId)
        .containsExactly("1", "3", "2");
    List<LocalPost> page =
        ask(session -> session.localPosts().page(ROMEO, false, Optional.empty(), 2));
    assertThat(page).extracting(LocalPost::itemId).containsExactly("2", "3");
    Position position = new Position(NOW.plusSeconds(1), "key-3");
    assertThat(list(session -> session.localPosts().page(ROMEO, false, Optional.of(position), 9)))
        .containsExactly(post("1", NOW));
  }

  @Test
  void anActivityGoesOnceToEachServer() {
    act(session -> {
      for (String name : List.of("a", "b")) {
        session
            .followers()
            .add(
                ROMEO,
                new Follower(
                    URI.create("https://one.example/" + name),
                    URI.create("https://one.example/" + name + "/inbox"),
                    Optional.of(URI.create("https://one.example/inbox")),
                    URI.create("https://one.example/follow/" + name)));
      }
      session
          .followers()
          .add(
              ROMEO,
              new Follower(
                  URI.create("https://two.example/c"),
                  URI.create("https://two.example/c/inbox"),
                  Optional.empty(),
                  URI.create("https://two.example/f")));
      session.activities().add(new Sent("k", ROMEO, true, "{}"));
    });
    assertThat(number(session -> session.deliveries().addForFollowers("k", ROMEO))).isEqualTo(2);
    assertThat(number(session -> session.deliveries().addForFollowers("k", ROMEO))).isZero();
    assertThat(list(session -> session.followers().page(ROMEO, Optional.empty(), 2)))
        .containsExactly(URI.create("https://one.example/a"), URI.create("https://one.example/b"));
    assertThat(
            is(session ->
                session
                    .followers()
                    .removeByFollowId(
                        URI.create("https://evil.example/x"), URI.create("https://two.example/f"))))
        .isFalse();
    assertThat(number(session -> session.followers().count(ROMEO))).isEqualTo(3);
  }

  @Test
  void aStanzaIsKeptOnceForEachRecipientUntilItIsSent() {
    act(session -> {
      session.stanzas().add("a", JULIET, "<message/>");
      session.stanzas().add("a", JULIET, "<message/>");
      session.stanzas().add("a", ROMEO, "<message/>");
    });
    var rows = ask(session -> session.stanzas().next(List.of(), 9));
    assertThat(rows).hasSize(2);
    assertThat(list(session -> session.stanzas().next(List.of(rows.getFirst().id()), 9)))
        .containsExactly(rows.getLast());
    act(session -> session.stanzas().sent(rows.stream().map(row -> row.id()).toList()));
    assertThat(number(session -> session.stanzas().waiting())).isZero();
  }

  @Test
  void remotePostsArePagedBothWaysWithinTheAudience() {
    act(session -> {
      session.remotePosts().save("i1", remote("1", Visibility.PUBLIC, NOW));
      session.remotePosts().save("i2", remote("2", Visibility.FOLLOWERS, NOW.plusSeconds(1)));
      session.remotePosts().save("i3", remote("3", Visibility.UNLISTED, NOW.plusSeconds(2)));
      session.remotePosts().save("i4", remote("4", Visibility.DIRECT, NOW.plusSeconds(3)));
    });
    assertThat(items(new Page(Optional.empty(), true, 9, false))).containsExactly("i3", "i1");
    assertThat(items(new Page(Optional.empty(), false, 9, true))).containsExactly("i1", "i2", "i3");
    assertThat(items(new Page(Optional.of("i3"), true, 1, true))).containsExactly("i2");
    assertThat(items(new Page(Optional.of("i1"), false, 9, false))).containsExactly("i3");
    assertThat(number(session -> session.remotePosts().count(ADA, true))).isEqualTo(3);
  }

  private static List<String> items(Page page) {
    return ask(session -> session.remotePosts().page(ADA, page)).stream()
        .map(kept -> kept.itemId())
        .toList();
  }

  @Test
  void onlyItsAuthorBuriesAPost() {
    RemotePost post = remote("1", Visibility.PUBLIC, NOW);
    act(session -> session.remotePosts().save("i1", post));
    act(session ->
        session.remotePosts().bury(post.id(), URI.create("https://evil.example/x"), NOW));
    assertThat(one(session -> session.remotePosts().find(post.id()))).isPresent();
    assertThat(one(session -> session.remotePosts().bury(post.id(), ADA, NOW))).isPresent();
    act(session -> session.remotePosts().save("i1", post));
    assertThat(one(session -> session.remotePosts().find(post.id()))).isEmpty();
    assertThat(is(session -> session.remotePosts().isBuried(post.id(), ADA))).isTrue();
  }

  @Test
  void nobodyDigsAGraveForThePostOfAnother() {
    RemotePost post = remote("1", Visibility.PUBLIC, NOW);
    act(session -> {
      session.remotePosts().bury(post.id(), URI.create("https://social.example/eve"), NOW);
      session.remotePosts().save("i1", post);
    });
    assertThat(one(session -> session.remotePosts().find(post.id()))).isPresent();
  }

  @Test
  void actorsAvatarsAndFollowsComeBackAndGoTogether() {
    RemoteActor actor =
        new RemoteActor(
            ADA,
            new Handle("ada", "social.example"),
            ActorKind.PERSON,
            new Profile("Ada", RichText.EMPTY, Optional.empty(), Optional.empty()),
            new RemoteActor.Endpoints(
                URI.create(ADA + "/inbox"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            List.of(new RemoteActor.PublicKey(URI.create(ADA + "#main-key"), "pem")),
            NOW);
    Picture picture = new Picture("ab", "image/png", 1, 2, new byte[] {1, 2});
    URI source = URI.create(ADA + "/icon.png");
    Following following =
        new Following(
            JULIET,
            ADA,
            Jid.of("ada\\40social.example@ap.example.org"),
            URI.create("https://example.org/activities/f"),
            FollowState.PENDING);
    act(session -> {
      session.remoteActors().save(actor);
      session.remoteActors().saveAvatar(ADA, source, picture);
      session.followings().save(following);
    });
    assertThat(one(session -> session.remoteActors().findByHandle(actor.handle()))).contains(actor);
    assertThat(one(session -> session.remoteActors().avatar(ADA, source))).contains(picture);
    assertThat(one(session -> session.remoteActors().avatar(ADA, ADA))).isEmpty();
    assertThat(list(session -> session.followings().acceptedOf(ADA, Optional.empty(), 9)))
        .isEmpty();
    act(session -> session.followings().save(following.accepted()));
    assertThat(list(session -> session.followings().acceptedOf(ADA, Optional.empty(), 9)))
        .containsExactly(following.accepted());
    act(session -> session.remoteActors().remove(ADA));
    assertThat(is(session -> session.followings().isFollowed(ADA))).isFalse();
  }

  @Test
  void aSecretStaysAsItWasFirst() {
    byte[] first = ask(session -> session.secrets().keep("one", new byte[] {1, 2}));
    byte[] second = ask(session -> session.secrets().keep("one", new byte[] {3}));
    byte[] other = ask(session -> session.secrets().keep("other", new byte[] {4}));
    assertThat(first).containsExactly(1, 2);
    assertThat(second).containsExactly(1, 2);
    assertThat(other).containsExactly(4);
  }
}
