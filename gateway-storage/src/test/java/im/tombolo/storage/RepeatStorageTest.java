package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.RemotePosts.Repeat;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Repeats of posts. */
class RepeatStorageTest extends OnStorage {
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
}
