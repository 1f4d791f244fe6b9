package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.COMMENTS;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.Movim.Answered;
import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.Xml;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole walks of social clients: their requests in their order, read by their rules. */
interface ClientShapeTests {
  int PLAIN_POSTS = 13;
  String RESULT = "/c:iq[@type='result']";

  Town town();

  /** {@value #PLAIN_POSTS} short posts, and an article after them. */
  private void history(String user) {
    for (int day = 0; day < PLAIN_POSTS; day++) {
      quietly(user, "<p>day " + day + "</p>", 10 + day, Map.of());
    }
    quietly(user, "<p>A <em>rose</em></p>", 10 + PLAIN_POSTS, Map.of("title", "Names"));
  }

  private void quietly(String user, String html, int day, Map<String, String> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("quiet", true);
    all.put("published", "2026-03-" + day + "T12:00:00Z");
    town().fedify.post(user, html, all);
  }

  @Test
  default void movimOpensAnAccountAndTurnsItsPages() {
    String ada = unique("ada");
    String bob = unique("bob");
    history(ada);
    FedifyPeer.Post thought = town().fedify.post(bob, "<p>thought</p>", Map.of("quiet", true));
    assertThat(town().julietSees(bob).items(BLOG).has("//ps:item")).isTrue();
    FedifyPeer.Post unknown =
        town().fedify.post(unique("carl"), "<p>thought</p>", Map.of("quiet", true));
    quietly(ada, "<p>answer to somebody unknown</p>", 27, Map.of("parent", unknown.id()));
    quietly(ada, "<p>answer</p>", 28, Map.of("parent", thought.id()));
    town().fedify.follow(ada, town().fedify.handle(bob));
    String followed = town().fedify.actor(bob);
    eventually().until(() -> "accepted".equals(town().fedify.following(ada).get(followed)));
    Movim movim = new Movim(town().juliet, town().jid(ada));

    String picture = movim.items("urn:xmpp:avatar:data").text("//ps:item/data:data");
    assertThat(Base64.getDecoder().decode(picture)).isNotEmpty();
    assertThat(movim.items("urn:xmpp:movim-banner:0").has("//ps:item/md:metadata")).isTrue();
    assertThat(movim.items("urn:xmpp:vcard4").text("//ps:item/v4:vcard/v4:fn/v4:text"))
        .isNotEmpty();
    Xml list = movim.newest("urn:xmpp:pubsub:subscription", 1000);
    assertThat(list.texts("//ps:item/sub:subscription/@server")).containsExactly(town().jid(bob));
    assertThat(list.texts("//ps:item/sub:subscription/@node")).containsExactly(BLOG);

    Xml first = movim.newest(BLOG, Movim.PAGE);
    Xml second = movim.older(BLOG, first.text("//rsm:last"));
    Xml back = movim.newer(BLOG, second.text("//rsm:first"));
    List<Movim.Post> newest = Movim.posts(first);
    List<Movim.Post> all =
        Stream.of(first, second).flatMap(page -> Movim.posts(page).stream()).toList();
    assertThat(newest).hasSize(Movim.PAGE);
    assertThat(all)
        .hasSize(PLAIN_POSTS + 3)
        .allMatch(Movim.Post::isComplete)
        .allMatch(Movim.Post::isOpen)
        .allMatch(post -> post.author().equals(town().jid(ada)))
        .allMatch(post -> post.commentsService().equals(town().jid(ada)))
        .allMatch(post -> post.commentsId().equals(post.id()))
        .doesNotHaveDuplicates();
    assertThat(Stream.of(first, second, back).map(page -> page.text("//rsm:count")))
        .containsOnly(Integer.toString(PLAIN_POSTS + 3));
    assertThat(Movim.posts(back).reversed()).isEqualTo(newest);
    assertThat(movim.commands().has(RESULT + "/items:query")).isTrue();

    Movim.Post article = newest.get(2);
    assertThat(List.of(article.title(), article.content())).containsExactly("Names", "A rose");
    assertThat(newest.getLast().content()).isEmpty();
    assertThat(newest.get(1).answered()).isEmpty();
    Answered answered = newest.getFirst().answered().orElseThrow();
    Xml parent = new Movim(town().juliet, answered.service()).item(answered.node(), answered.id());
    // It asks with the escapes of the link, and has the author under the name that it asked for.
    assertThat(Movim.posts(parent))
        .singleElement()
        .matches(Movim.Post::isComplete)
        .extracting(Movim.Post::title)
        .isEqualTo("thought");
  }

  @Test
  default void movimTakesPartUnderAPost() {
    String ada = unique("ada");
    String bob = unique("bob");
    town().julietSubscribes(bob);
    FedifyPeer.Post thought = town().fedify.post(ada, "<p>thought</p>");
    String theirs = unique("reply");
    town().fedify.reply(bob, thought.id(), "<p>" + theirs + "</p>");
    town().julietEventuallyGets(bob, theirs);
    Movim movim = new Movim(town().juliet, town().jid(ada));
    Movim.Post post = Movim.posts(movim.newest(BLOG, Movim.PAGE)).getFirst();
    assertThat(Movim.posts(movim.item(BLOG, post.id()))).containsExactly(post);

    Movim room = new Movim(town().juliet, post.commentsService());
    String node = COMMENTS + post.commentsId();
    String like = unique("like-");
    assertThat(room.comment(post, like, Movim.HEART).has(RESULT)).isTrue();
    assertThat(Movim.posts(room.item(node, like))).allMatch(Movim.Post::isLike).hasSize(1);
    Received liked = eventuallyGets(town().fedify, "Like", thought.id());
    String ours = unique("comment & ");
    String comment = unique("c-");
    assertThat(room.comment(post, comment, ours).has(RESULT)).isTrue();
    assertThat(Movim.posts(room.item(node, comment))).hasSize(1);
    Received create = eventuallyGets(town().fedify, "Create", comment(ours));
    assertThat(create.object().path("inReplyTo").asString("")).isEqualTo(thought.id());

    List<Movim.Post> all = Movim.posts(room.newest(node, Movim.ALL_COMMENTS));
    assertThat(all)
        .allMatch(Movim.Post::isComplete)
        .extracting(Movim.Post::title)
        .containsExactlyInAnyOrder(theirs, Movim.HEART, ours);
    assertThat(all)
        .extracting(Movim.Post::author)
        .containsOnly(town().jid(bob), town().juliet.bareJid());
    assertThat(room.retract(node, like).has(RESULT)).isTrue();
    assertThat(Movim.posts(room.newest(node, Movim.ALL_COMMENTS)))
        .noneMatch(Movim.Post::isLike)
        .hasSize(2);
    eventuallyGets(town().fedify, "Undo", liked.id());
  }

  /** As it stands in HTML. */
  private static String comment(String text) {
    return text.replace("&", "&amp;");
  }

  @Test
  default void movimFollowsAndLeaves() {
    String ada = unique("ada");
    Movim movim = new Movim(town().juliet, town().jid(ada));
    assertThat(movim.subscribe(BLOG).has(RESULT + "//ps:subscription")).isTrue();
    town().juliet.awaitEvent(town().subscriptionOf(ada) + "[@subscription='subscribed']");
    String text = unique("news");
    town().fedify.post(ada, "<p>" + text + "</p>");

    Xml event = town().julietEventuallyGets(ada, text);
    assertThat(event.each("//ev:item"))
        .singleElement()
        .extracting(Movim.Post::read)
        .matches(Movim.Post::isComplete)
        .extracting(Movim.Post::title)
        .isEqualTo(text);
    assertThat(movim.subscriptions(BLOG).has("//c:error/err:forbidden")).isTrue();
    assertThat(movim.unsubscribe(BLOG).has(RESULT)).isTrue();
    // It takes this for done, too.
    assertThat(movim.unsubscribe(BLOG).has("//c:error/err:unexpected-request")).isTrue();
    eventually().until(() -> town().fedify.followers(ada).isEmpty());
  }

  @Test
  default void liberviaReadsABlog() {
    String ada = unique("ada");
    history(ada);
    Libervia libervia = new Libervia(town().juliet, town().jid(ada));
    assertThat(libervia.features().texts("//info:feature/@var"))
        .contains("http://jabber.org/protocol/rsm", "http://jabber.org/protocol/pubsub#rsm");
    assertThat(libervia.newest(BLOG, 1, "").has("//ps:item/a:entry")).isTrue();
    assertThat(libervia.configuration(BLOG).has("//c:error/err:forbidden")).isTrue();

    List<Libervia.Post> all = new ArrayList<>();
    Xml page = libervia.page(BLOG, 10, "", "");
    while (page.has("//rsm:last")) {
      all.addAll(Libervia.posts(page));
      page = libervia.page(BLOG, 10, "<after>" + page.text("//rsm:last") + "</after>", "");
    }
    assertThat(all)
        .hasSize(PLAIN_POSTS + 1)
        .doesNotHaveDuplicates()
        .allMatch(Libervia.Post::isVerified)
        .allMatch(post -> post.commentsService().equals(town().jid(ada)))
        .allMatch(post -> post.commentsNode().equals(COMMENTS + post.id()))
        .noneMatch(post -> post.body().isEmpty());
    assertThat(all.getFirst().body()).isEqualTo("day 0");
    assertThat(List.of(all.getLast().title(), all.getLast().body()))
        .containsExactly("Names", "A rose");

    List<Libervia.Post> newest = all.subList(all.size() - 5, all.size());
    assertThat(Libervia.posts(libervia.newest(BLOG, 5, "")))
        .containsExactlyInAnyOrderElementsOf(newest);
    assertThat(Libervia.posts(libervia.newest(BLOG, 5, Libervia.BY_CREATION))).isEqualTo(newest);
    assertThat(Libervia.posts(libervia.page(BLOG, 5, "<before/>", Libervia.BY_CREATION)))
        .isEqualTo(newest);
    List<String> ids = List.of(all.getFirst().id(), all.getLast().id());
    assertThat(Libervia.posts(libervia.items(BLOG, ids)))
        .containsExactlyInAnyOrder(all.getFirst(), all.getLast());
  }

  @Test
  default void liberviaTakesPartAndFollows() {
    String ada = unique("ada");
    FedifyPeer.Post thought = town().fedify.post(ada, "<p>thought</p>");
    Libervia libervia = new Libervia(town().juliet, town().jid(ada));
    Libervia.Post post = Libervia.posts(libervia.newest(BLOG, 10, "")).getFirst();
    String node = libervia.attachmentsNode(BLOG, post.id());
    List<String> own = List.of(town().juliet.bareJid());

    assertThat(libervia.items(node, own).has("//c:error/err:item-not-found")).isTrue();
    String noticed = "<noticed timestamp='2026-01-01T00:00:00Z'/>";
    assertThat(libervia.attach(node, noticed).has(RESULT)).isTrue();
    Received like = eventuallyGets(town().fedify, "Like", thought.id());
    assertThat(libervia.items(node, own).has("//ps:item/at:attachments/at:noticed")).isTrue();
    String reactions =
        "<reactions timestamp='2026-01-01T00:00:00Z'><reaction>🌹</reaction></reactions>";
    assertThat(libervia.attach(node, noticed + reactions).has(RESULT)).isTrue();
    Xml attached = libervia.items(node, List.of());
    assertThat(attached.texts("//ps:item/@id")).isEqualTo(own);
    assertThat(attached.texts("//at:noticed/@timestamp")).hasSize(1);
    assertThat(attached.texts("//at:reactions/at:reaction")).containsExactly("🌹");
    assertThat(libervia.attach(node, "").has(RESULT)).isTrue();
    eventuallyGets(town().fedify, "Undo", like.id());

    Libervia room = new Libervia(town().juliet, post.commentsService());
    String comment = unique("comment-");
    assertThat(room.comment(post.commentsNode(), comment, comment).has(RESULT)).isTrue();
    eventuallyGets(town().fedify, "Create", comment);
    assertThat(Libervia.posts(room.newest(post.commentsNode(), 10, "")))
        .singleElement()
        .matches(Libervia.Post::isVerified)
        .extracting(Libervia.Post::id, Libervia.Post::body)
        .containsExactly(comment, comment);

    assertThat(libervia.subscriptions().has("//ps:subscription")).isFalse();
    assertThat(libervia.subscribe(BLOG).has(RESULT + "//ps:subscription")).isTrue();
    eventually()
        .until(() -> libervia.subscriptions().has("//ps:subscription[@subscription='subscribed']"));
    assertThat(libervia.unsubscribe(BLOG).has(RESULT)).isTrue();
    assertThat(libervia.subscriptions().has(RESULT + "//ps:subscriptions[not(*)]")).isTrue();
  }
}
