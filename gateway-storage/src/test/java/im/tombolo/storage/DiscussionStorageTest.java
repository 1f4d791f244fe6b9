package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.Polls;
import im.tombolo.core.port.PubsubTasks.Task;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.RemotePosts.Repeat;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discussions, repeats, tasks in nodes and polls, on a real database. Names differ by test. */
class DiscussionStorageTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid ADA_JID = Jid.of("ada\\40social.example@ap.example.org");
  private static final URI ADA = URI.create("https://social.example/ada");
  private static final URI BOB = URI.create("https://other.example/bob");

  private static PostgresServer server;
  private static Storage storage;

  @BeforeAll
  static void start(@TempDir Path directory) {
    server = PostgresServer.start(directory.resolve("data"), 0);
    storage = Storage.open(server.settings(4), () -> NOW);
  }

  @AfterAll
  static void stop() {
    storage.close();
    server.close();
  }

  private static <T> T ask(Function<Session, T> work) {
    return storage.inTransaction(work);
  }

  private static void act(Consumer<Session> work) {
    storage.inTransaction(session -> {
      work.accept(session);
      return true;
    });
  }

  private static URI id(String name) {
    return URI.create("https://social.example/posts/" + name);
  }

  private static Discussions.Entry entry(String name, String root, String parent, int second) {
    return new Discussions.Entry(
        id(name),
        id(root),
        parent.isEmpty() ? Optional.empty() : Optional.of(id(parent)),
        second % 2 == 0 ? ADA : BOB,
        NOW.plusSeconds(second));
  }

  @Test
  void aDiscussionIsWalkedFromItsBeginning() {
    List<Discussions.Entry> all =
        List.of(
            entry("d", "d", "", 0),
            entry("d1", "d", "d", 1),
            entry("d2", "d", "d1", 2),
            entry("d3", "d", "d", 3));
    act(session -> all.reversed().forEach(session.discussions()::add));
    act(session -> session.discussions().add(all.get(1)));

    List<Discussions.Entry> answers =
        ask(session -> session.discussions().answers(id("d"), Optional.empty(), 9));
    assertThat(answers).containsExactly(all.get(1), all.get(3));
    List<Discussions.Entry> rest =
        ask(session -> session.discussions().all(id("d"), Optional.of(all.get(1)), 9));
    assertThat(rest).containsExactly(all.get(2), all.get(3));
    assertThat(ask(session -> session.discussions().countAll(id("d"))).longValue()).isEqualTo(4);
    assertThat(ask(session -> session.discussions().countAnswers(id("d"))).longValue())
        .isEqualTo(2);
    List<URI> authors = ask(session -> session.discussions().authors(id("d"), 9));
    assertThat(authors).containsExactly(ADA, BOB);

    act(session -> session.discussions().remove(id("d1")));
    Optional<Discussions.Entry> gone = ask(session -> session.discussions().find(id("d1")));
    assertThat(gone).isEmpty();
  }

  @Test
  void whatIsAddedAgainStandsWhereItWasAddedLast() {
    act(session -> {
      session.discussions().add(entry("m1", "m1", "", 0));
      session.discussions().add(entry("m2", "m1", "m1", 1));
      session.discussions().add(entry("m2", "m2", "", 3));
    });
    Optional<Discussions.Entry> moved = ask(session -> session.discussions().find(id("m2")));
    assertThat(moved).contains(entry("m2", "m2", "", 3));
    assertThat(ask(session -> session.discussions().countAnswers(id("m1"))).longValue()).isZero();
    assertThat(ask(session -> session.discussions().countAll(id("m1"))).longValue()).isOne();
    assertThat(ask(session -> session.discussions().countAll(id("m2"))).longValue()).isOne();
  }

  @Test
  void pagesOfADiscussionMissNothingThatWasSaidAtOneMoment() {
    List<Discussions.Entry> answers =
        List.of(
            entry("s1", "s", "s", 5),
            entry("s2", "s", "s", 5),
            entry("s3", "s", "s", 5),
            entry("s0", "s", "s", 6));
    act(session -> answers.reversed().forEach(session.discussions()::add));

    List<Discussions.Entry> first =
        ask(session -> session.discussions().answers(id("s"), Optional.empty(), 2));
    List<Discussions.Entry> second =
        ask(session -> session.discussions().answers(id("s"), Optional.of(first.getLast()), 2));
    List<Discussions.Entry> third =
        ask(session -> session.discussions().answers(id("s"), Optional.of(second.getLast()), 2));
    assertThat(first).containsExactly(answers.get(0), answers.get(1));
    assertThat(second).containsExactly(answers.get(2), answers.get(3));
    assertThat(third).isEmpty();
  }

  @Test
  void authorsOfADiscussionAreNamedOnceInTheOrderInWhichTheyJoined() {
    act(session -> {
      session.discussions().add(entry("a1", "a", "a", 1));
      session.discussions().add(entry("a2", "a", "a", 2));
      session.discussions().add(entry("a3", "a", "a", 3));
    });
    List<URI> authors = ask(session -> session.discussions().authors(id("a"), 9));
    assertThat(authors).containsExactly(BOB, ADA);
    List<URI> first = ask(session -> session.discussions().authors(id("a"), 1));
    assertThat(first).containsExactly(BOB);
  }

  // Repeats

  private static RemotePost post(String name, String text) {
    return new RemotePost(
        id(name),
        ADA,
        Content.of(Html.ofPlainText(text)),
        new Dates(NOW, NOW),
        Optional.empty(),
        Audience.PUBLIC,
        Discussion.NONE);
  }

  private static Repeat repeat(String name, URI by, URI post) {
    return new Repeat(id(name), by, post, Visibility.PUBLIC, NOW);
  }

  private static List<String> shown(URI owner) {
    return ask(session ->
            session.remotePosts().page(owner, new Page(Optional.empty(), true, 9, false)))
        .stream()
        .map(kept -> kept.post().content().body().toPlainText())
        .toList();
  }

  @Test
  void aRepeatShowsThePostAsItIsNow() {
    URI carl = URI.create("https://other.example/carl");
    act(session -> {
      session.remotePosts().save("r0", post("r0", "Hello"));
      session.remotePosts().saveRepeat("r1", repeat("r1", carl, id("r0")), Optional.empty());
      session.remotePosts().save("r0", post("r0", "Hello!"));
    });
    assertThat(shown(carl)).containsExactly("Hello!");
    Optional<Kept> kept = ask(session -> session.remotePosts().findRepeat(carl, id("r0")));
    assertThat(kept.flatMap(Kept::repeat)).contains(repeat("r1", carl, id("r0")));

    act(session -> session.remotePosts().bury(id("r0"), ADA, NOW));
    assertThat(shown(carl)).isEmpty();
  }

  @Test
  void aRepeatOfOursKeepsItsPost() {
    URI dora = URI.create("https://other.example/dora");
    URI ours = URI.create("https://example.org/users/example.org/romeo/posts/x");
    act(session ->
        session
            .remotePosts()
            .saveRepeat("o1", repeat("o1", dora, ours), Optional.of(post("o0", "Ours"))));
    assertThat(shown(dora)).containsExactly("Ours");
    List<Kept> repeats = ask(session -> session.remotePosts().repeatsOf(ours));
    assertThat(repeats).hasSize(1);

    act(session -> session.remotePosts().bury(id("o1"), dora, NOW));
    assertThat(shown(dora)).isEmpty();
  }

  @Test
  void nobodyTakesTheRepeatOfAnother() {
    URI emma = URI.create("https://other.example/emma");
    act(session -> {
      session.remotePosts().save("e0", post("e0", "Hello"));
      session.remotePosts().saveRepeat("e1", repeat("e1", emma, id("e0")), Optional.empty());
      session.remotePosts().saveRepeat("e1", repeat("e1", BOB, id("e0")), Optional.empty());
      session.remotePosts().bury(id("e1"), BOB, NOW);
    });
    assertThat(shown(emma)).containsExactly("Hello");
  }

  @Test
  void aRepeatIsNoPostOfItsOwn() {
    URI fred = URI.create("https://other.example/fred");
    act(session -> {
      session.remotePosts().save("f0", post("f0", "Hello"));
      session.remotePosts().saveRepeat("f1", repeat("f1", fred, id("f0")), Optional.empty());
      session.remotePosts().saveRepeat("f1", repeat("f1", fred, id("f0")), Optional.empty());
    });
    Kept kept = found("f1").orElseThrow();
    assertThat(kept.itemId()).isEqualTo("f1");
    assertThat(kept.post()).isEqualTo(post("f0", "Hello"));
    assertThat(kept.repeat()).contains(repeat("f1", fred, id("f0")));
    assertThat(found("f0").flatMap(Kept::repeat)).isEmpty();
    Optional<Kept> byItem = ask(session -> session.remotePosts().findByItem(fred, "f1"));
    assertThat(byItem).contains(kept);
    List<Kept> repeats = ask(session -> session.remotePosts().repeatsOf(id("f0")));
    assertThat(repeats).containsExactly(kept);
    assertThat(ask(session -> session.remotePosts().count(fred, false)).longValue()).isOne();
    Optional<Kept> ofSomebodyElse = ask(session -> session.remotePosts().findRepeat(BOB, id("f0")));
    assertThat(ofSomebodyElse).isEmpty();
  }

  @Test
  void aRepeatForFollowersIsForThem() {
    URI greta = URI.create("https://other.example/greta");
    Repeat forFollowers = new Repeat(id("g1"), greta, id("g0"), Visibility.FOLLOWERS, NOW);
    act(session -> {
      session.remotePosts().save("g0", post("g0", "Hello"));
      session.remotePosts().saveRepeat("g1", forFollowers, Optional.empty());
    });
    assertThat(shown(greta)).isEmpty();
    assertThat(ask(session -> session.remotePosts().count(greta, true)).longValue()).isOne();
  }

  @Test
  void aRepeatThatWasUndoneStaysUndone() {
    URI hans = URI.create("https://other.example/hans");
    act(session -> {
      session.remotePosts().save("h0", post("h0", "Hello"));
      session.remotePosts().saveRepeat("h1", repeat("h1", hans, id("h0")), Optional.empty());
    });
    Optional<Kept> was = ask(session -> session.remotePosts().bury(id("h1"), hans, NOW));
    assertThat(was.flatMap(Kept::repeat)).contains(repeat("h1", hans, id("h0")));
    act(session ->
        session.remotePosts().saveRepeat("h1", repeat("h1", hans, id("h0")), Optional.empty()));
    assertThat(shown(hans)).isEmpty();
    assertThat(found("h0")).isPresent();
    List<Kept> repeats = ask(session -> session.remotePosts().repeatsOf(id("h0")));
    assertThat(repeats).isEmpty();
  }

  @Test
  void nobodyDigsAGraveForTheRepeatOfAnother() {
    URI ines = URI.create("https://other.example/ines");
    act(session -> {
      session.remotePosts().save("i0", post("i0", "Hello"));
      session.remotePosts().bury(id("i1"), BOB, NOW);
      session.remotePosts().saveRepeat("i1", repeat("i1", ines, id("i0")), Optional.empty());
    });
    assertThat(shown(ines)).containsExactly("Hello");
    assertThat(found("i1").flatMap(Kept::repeat)).contains(repeat("i1", ines, id("i0")));
  }

  private static Optional<Kept> found(String name) {
    return ask(session -> session.remotePosts().find(id(name)));
  }

  @Test
  void nobodyWritesOverThePostOfAnother() {
    RemotePost mine = post("w0", "Mine");
    RemotePost yours =
        new RemotePost(
            mine.id(),
            BOB,
            Content.of(Html.ofPlainText("Yours")),
            mine.dates(),
            mine.page(),
            mine.audience(),
            mine.discussion());
    act(session -> {
      session.remotePosts().save("w0", mine);
      session.remotePosts().save("w0", yours);
      session.remotePosts().saveRepeat("w0", repeat("w0", BOB, id("r0")), Optional.of(yours));
    });
    assertThat(found("w0").map(Kept::post)).contains(mine);
  }

  // Local posts by their place

  private static LocalPost local(String key, NodeAddress node, Audience audience, boolean comment) {
    return new LocalPost(
        Jid.of("place@example.org"),
        key,
        node.item(key),
        Content.of(Html.ofPlainText(key)),
        new Dates(NOW, NOW),
        Optional.empty(),
        Optional.of(new NodeAddress(ROMEO, Namespaces.COMMENTS + key)),
        audience,
        comment ? Discussion.under(id("x")) : Discussion.NONE,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aPostIsFoundByWhereItIs() {
    NodeAddress blog = new NodeAddress(Jid.of("place@example.org"), Namespaces.MICROBLOG);
    NodeAddress comments = new NodeAddress(ROMEO, "room");
    LocalPost post = local("p", blog, Audience.PUBLIC, false);
    LocalPost comment = local("c", comments, Audience.PUBLIC, true);
    LocalPost secret = local("s", comments, Audience.direct(Set.of(ADA)), true);
    act(session ->
        List.of(post, comment, secret).forEach(one -> session.localPosts().save(one, "d")));

    Optional<LocalPost> found =
        ask(session -> session.localPosts().findByItem(blog.item("p")).map(live -> live.post()));
    assertThat(found).contains(post);
    Optional<LocalPost> commented =
        ask(session ->
            session.localPosts().findByComments(new NodeAddress(ROMEO, Namespaces.COMMENTS + "p")));
    assertThat(commented).contains(post);
    List<String> known =
        ask(session -> session.localPosts().known(comments)).stream()
            .map(one -> one.key())
            .toList();
    assertThat(known).containsExactly("s", "c");
    List<LocalPost> blogOnly =
        ask(session -> session.localPosts().page(post.account(), false, Optional.empty(), 9));
    assertThat(blogOnly).containsExactly(post);
    List<LocalPost> all =
        ask(session -> session.localPosts().page(post.account(), true, Optional.empty(), 9));
    assertThat(all).containsExactlyInAnyOrder(post, comment);
    assertThat(ask(session -> session.localPosts().count(post.account(), true)).longValue())
        .isEqualTo(2);
  }

  @Test
  void aPostThatIsBuriedIsNotFoundByWhereItWas() {
    NodeAddress blog = new NodeAddress(Jid.of("place@example.org"), "buried");
    LocalPost post = local("b", blog, Audience.PUBLIC, false);
    act(session -> {
      session.localPosts().save(post, "d");
      session.localPosts().bury(post.account(), "b", NOW);
    });
    Optional<?> found = ask(session -> session.localPosts().findByItem(blog.item("b")));
    assertThat(found).isEmpty();
    Optional<LocalPost> commented =
        ask(session -> session.localPosts().findByComments(post.comments().orElseThrow()));
    assertThat(commented).isEmpty();
    List<?> known = ask(session -> session.localPosts().known(blog));
    assertThat(known).isEmpty();
  }

  @Test
  void aPostCanBecomeOneForFewerPeople() {
    NodeAddress blog = new NodeAddress(Jid.of("place@example.org"), "narrower");
    LocalPost open = local("n", blog, Audience.PUBLIC, false);
    LocalPost narrow = local("n", blog, Audience.direct(Set.of(ADA)), true);
    act(session -> session.localPosts().save(open, "d"));
    long before = ask(session -> session.localPosts().count(open.account(), true));
    act(session -> session.localPosts().save(narrow, "d2"));
    long after = ask(session -> session.localPosts().count(open.account(), true));
    assertThat(after).isEqualTo(before - 1);
    List<LocalPost> page =
        ask(session -> session.localPosts().page(open.account(), true, Optional.empty(), 99));
    assertThat(page).doesNotContain(open, narrow);
  }

  // Tasks

  private static Element payload(String text) {
    return Element.of("entry", Namespaces.ATOM).child("title", text).build();
  }

  private static List<Task> claim(Instant now) {
    return ask(session -> session.pubsubTasks().claim(now, now.plusSeconds(60), 9));
  }

  @Test
  void theNewestWishForAnItemCounts() {
    ItemAddress item = new ItemAddress(ROMEO, "tasks", "1");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("one"))));
    Task first = claim(NOW).getFirst();
    assertThat(first.payload().map(Element::text)).contains("one");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.empty()));
    assertThat(claim(NOW)).isEmpty();

    act(session -> session.pubsubTasks().done(first));
    Task second = claim(NOW).getFirst();
    assertThat(second.payload()).isEmpty();
    act(session -> session.pubsubTasks().retry(second, NOW.plusSeconds(5), "down"));
    assertThat(claim(NOW)).isEmpty();
    Task third = claim(NOW.plusSeconds(5)).getFirst();
    assertThat(third.attempts()).isOne();
    act(session -> session.pubsubTasks().done(third));
    assertThat(ask(session -> session.pubsubTasks().waiting()).longValue()).isZero();
  }

  @Test
  void tasksOfOneNodeKeepTheirOrder() {
    act(session -> {
      for (String id : List.of("1", "2")) {
        session
            .pubsubTasks()
            .add(new ItemAddress(ROMEO, "ordered", id), ADA_JID, Optional.of(payload(id)));
      }
    });
    List<Task> first = claim(NOW);
    assertThat(first).extracting(task -> task.item().id()).containsExactly("1");
    act(session -> session.pubsubTasks().done(first.getFirst()));
    List<Task> second = claim(NOW);
    assertThat(second).extracting(task -> task.item().id()).containsExactly("2");
    act(session -> session.pubsubTasks().done(second.getFirst()));
  }

  @Test
  void nodesDoNotWaitForEachOther() {
    act(session -> {
      for (String node : List.of("left", "right")) {
        session
            .pubsubTasks()
            .add(new ItemAddress(ROMEO, node, "1"), ADA_JID, Optional.of(payload(node)));
      }
    });
    List<Task> both = claim(NOW);
    assertThat(both).extracting(task -> task.item().node()).containsExactly("left", "right");
    act(session -> both.forEach(session.pubsubTasks()::done));
  }

  @Test
  void whatIsNotDoneInItsTimeIsHandedOutAgain() {
    ItemAddress item = new ItemAddress(ROMEO, "lease", "1");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("one"))));
    Task lost = claim(NOW).getFirst();
    assertThat(claim(NOW.plusSeconds(59))).isEmpty();
    assertThat(claim(NOW.plusSeconds(60))).containsExactly(lost);
    act(session -> session.pubsubTasks().done(lost));
  }

  @Test
  void aNewerWishDoesNotWaitForTheRetryOfTheOlder() {
    ItemAddress item = new ItemAddress(ROMEO, "newer", "1");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("one"))));
    Task older = claim(NOW).getFirst();
    act(session -> {
      session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("two")));
      session.pubsubTasks().retry(older, NOW.plusSeconds(900), "down");
    });
    Task newer = claim(NOW).getFirst();
    assertThat(newer.payload().map(Element::text)).contains("two");
    assertThat(newer.version()).isGreaterThan(older.version());
    act(session -> session.pubsubTasks().done(newer));
  }

  @Test
  void aWishThatIsReplacedKeepsItsPlace() {
    ItemAddress first = new ItemAddress(ROMEO, "place", "1");
    ItemAddress second = new ItemAddress(ROMEO, "place", "2");
    act(session -> {
      session.pubsubTasks().add(first, ADA_JID, Optional.of(payload("one")));
      session.pubsubTasks().add(second, ADA_JID, Optional.of(payload("two")));
      session.pubsubTasks().add(first, ADA_JID, Optional.empty());
    });
    Task retraction = claim(NOW).getFirst();
    assertThat(retraction.item()).isEqualTo(first);
    assertThat(retraction.payload()).isEmpty();
    act(session -> session.pubsubTasks().done(retraction));
    Task publication = claim(NOW).getFirst();
    assertThat(publication.item()).isEqualTo(second);
    act(session -> session.pubsubTasks().done(publication));
  }

  // Polls

  @Test
  void votesAreCountedOnce() {
    URI single = id("poll1");
    URI multiple = id("poll2");
    act(session -> {
      session.polls().add(new Polls.Poll(single, ROMEO, "k1", NOW.plusSeconds(60)));
      session.polls().add(new Polls.Poll(multiple, ROMEO, "k2", NOW.plusSeconds(90)));
    });
    assertThat(vote(single, ADA, "Yes", false)).isTrue();
    assertThat(vote(single, ADA, "No", false)).isFalse();
    assertThat(vote(multiple, ADA, "Yes", true)).isTrue();
    assertThat(vote(multiple, ADA, "No", true)).isTrue();
    assertThat(vote(multiple, ADA, "No", true)).isFalse();
    Map<String, Long> counts = ask(session -> session.polls().counts(multiple));
    assertThat(counts).isEqualTo(Map.of("Yes", 1L, "No", 1L));
    assertThat(ask(session -> session.polls().voters(multiple)).longValue()).isOne();

    assertThat(due(NOW)).containsExactly(single, multiple);
    act(session -> session.polls().told(single, NOW, false));
    act(session -> session.polls().told(multiple, NOW, false));
    assertThat(due(NOW)).isEmpty();
    assertThat(due(NOW.plusSeconds(60))).containsExactly(single);
    act(session -> session.polls().told(single, NOW, true));
    assertThat(due(NOW.plusSeconds(60))).isEmpty();
  }

  private static boolean vote(URI poll, URI voter, String option, boolean multiple) {
    return ask(session -> session.polls().vote(poll, voter, option, multiple));
  }

  private static List<URI> due(Instant now) {
    return ask(session -> session.polls().due(now, now, 9)).stream()
        .map(Polls.Poll::question)
        .toList();
  }
}
