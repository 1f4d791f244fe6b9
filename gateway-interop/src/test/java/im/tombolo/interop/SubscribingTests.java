package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.steadily;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An XMPP user follows a fediverse account. */
interface SubscribingTests {
  Town town();

  @Test
  default void aSubscriptionIsPendingUntilItIsAccepted() {
    String ada = unique("ada");
    town().fedify.autoAccept(false);
    Xml reply = town().julietSees(ada).subscribe(BLOG);
    assertThat(reply.text("//ps:subscription/@subscription")).isEqualTo("pending");
    eventually().until(() -> town().fedify.pendingFollows(ada).size() == 1);
    steadily().until(() -> town().juliet.events(told(ada, "subscribed")).isEmpty());
    town().fedify.accept(town().fedify.pendingFollows(ada).getFirst());

    town().juliet.awaitEvent(told(ada, "subscribed"));
    assertThat(town().julietSees(ada).subscriptions().texts("//ps:subscription/@subscription"))
        .containsExactly("subscribed");
  }

  @Test
  default void aRefusedSubscriptionIsTold() {
    String ada = unique("ada");
    town().fedify.autoAccept(false);
    town().julietSees(ada).subscribe(BLOG);
    eventually().until(() -> town().fedify.pendingFollows(ada).size() == 1);
    town().fedify.reject(town().fedify.pendingFollows(ada).getFirst());

    town().juliet.awaitEvent(told(ada, "none"));
  }

  private String told(String user, String state) {
    return town().subscriptionOf(user) + "[@subscription='" + state + "']";
  }

  @Test
  default void postsEditsAndDeletionsArriveAsEvents() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String before = unique("before");
    var post = town().fedify.post(ada, "<p>" + before + "</p>");
    String id = town().julietEventuallyGets(ada, before).text("//ev:item/@id");
    assertThat(id).hasSizeBetween(6, 128);

    String after = unique("after");
    town().fedify.edit(ada, post.id(), "<p>" + after + "</p>");
    assertThat(town().julietEventuallyGets(ada, after).text("//ev:item/@id")).isEqualTo(id);
    assertThat(town().julietSees(ada).items(BLOG).texts("//ps:item/@id")).containsExactly(id);

    town().fedify.delete(ada, post.id());
    town().juliet.awaitEvent("//ev:items[@node='%s']/ev:retract[@id='%s']".formatted(BLOG, id));
    assertThat(town().julietSees(ada).items(BLOG).has("//ps:item")).isFalse();
    assertThat(town().julietGot(ada, before)).hasSize(1);
  }

  @Test
  default void theHistoryFromBeforeTheSubscriptionCanBePaged() {
    String ada = unique("ada");
    for (int day = 10; day < 22; day++) {
      town()
          .fedify
          .post(
              ada,
              "<p>day " + day + "</p>",
              Map.of("quiet", true, "published", "2026-03-" + day + "T12:00:00Z"));
    }
    List<String> ids = new ArrayList<>();
    List<String> days = new ArrayList<>();
    Xml page = town().julietSees(ada).page(BLOG, 5, "<before/>");
    while (page.has("//ps:item")) {
      ids.addAll(0, page.texts("//ps:item/@id"));
      days.addAll(0, page.texts("//a:published"));
      String oldest = page.text("//rsm:first");
      page = town().julietSees(ada).page(BLOG, 5, "<before>" + oldest + "</before>");
    }

    assertThat(ids).doesNotHaveDuplicates().hasSize(12);
    assertThat(days).isSorted().hasSize(12);
  }

  @Test
  default void theNewestPostsCanBeReadWithoutPaging() {
    String ada = unique("ada");
    String old = unique("old");
    String latest = unique("latest");
    town().fedify.post(ada, old, Map.of("quiet", true, "published", "2026-03-01T12:00:00Z"));
    town().fedify.post(ada, latest, Map.of("quiet", true, "published", "2026-03-02T12:00:00Z"));

    Xml newest = town().julietSees(ada).newest(BLOG, 1);
    assertThat(newest.texts("//ps:item")).singleElement().asString().contains(latest);
    String id = newest.text("//ps:item/@id");
    assertThat(town().julietSees(ada).item(BLOG, id).texts("//ps:item/@id")).containsExactly(id);
  }

  @Test
  default void unsubscribingUndoesTheFollow() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    eventually().until(() -> town().fedify.followers(ada).size() == 1);
    town().julietSees(ada).unsubscribe(BLOG);

    eventually().until(() -> town().fedify.followers(ada).isEmpty());
    assertThat(town().julietSees(ada).subscriptions().has("//ps:subscription")).isFalse();
  }

  @Test
  default void anUnknownPersonIsNotFound() {
    Xml reply =
        town().juliet.iq("get", "ada\\40nowhere.test@" + town().xmpp.componentDomain(), info());

    assertThat(reply.has("/c:iq[@type='error']/c:error/err:*")).isTrue();
  }

  @Test
  default void aVirtualJidSaysThatItIsAPersonWithAPubsubService() {
    Xml reply = town().juliet.iq("get", town().jid(unique("ada")), info());

    assertThat(reply.has("//info:identity[@category='pubsub'][@type='pep']")).isTrue();
    assertThat(reply.has("//info:identity[@category='account']")).isTrue();
    assertThat(reply.texts("//info:feature/@var"))
        .contains("http://jabber.org/protocol/pubsub", "http://jabber.org/protocol/disco#info");
  }

  private static String info() {
    return "<query xmlns='http://jabber.org/protocol/disco#info'/>";
  }
}
