package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Discussions and the posts that they stand under. */
class DiscussionStorageTest extends OnStorage {
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
}
