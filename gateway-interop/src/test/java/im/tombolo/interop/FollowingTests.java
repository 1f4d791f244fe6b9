package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.got;
import static im.tombolo.interop.Town.steadily;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.Web;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fediverse account follows an XMPP blog. */
interface FollowingTests {
  Town town();

  @Test
  default void aFollowerGetsNewPosts() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String text = unique("news");
    town().romeoPosts(text);

    Received create = eventuallyGets(town().fedify, "Create", text);
    assertThat(create.actor()).isEqualTo(town().actorOf(town().romeo));
    assertThat(town().activityJson(create.objectId()).path("id").asString())
        .isEqualTo(create.objectId());
    steadily().until(() -> got(town().fedify, "Create", text).size() == 1);
  }

  @Test
  default void anEditBecomesAnUpdateThatSaysWhen() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String before = unique("before");
    String id = town().romeoPosts(before);
    String object = eventuallyGets(town().fedify, "Create", before).objectId();
    String after = unique("after");
    blog(town().romeo).publish(BLOG, id, Entries.plain(id, after));

    Received update = eventuallyGets(town().fedify, "Update", after);
    assertThat(update.objectId()).isEqualTo(object);
    assertThat(update.object().path("updated").asString("")).isNotEmpty();
    assertThat(got(town().fedify, "Create", after)).isEmpty();
  }

  @Test
  default void aRetractedPostIsDeletedAndGone() {
    assertDeleted(true);
  }

  /** Prosody says nothing of such a retraction to anybody. */
  @Test
  default void aSilentlyRetractedPostIsDeletedAndGone() {
    assertDeleted(false);
  }

  private void assertDeleted(boolean announced) {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String text = unique("regret");
    String id = town().romeoPosts(text);
    String object = eventuallyGets(town().fedify, "Create", text).objectId();
    blog(town().romeo).retract(BLOG, id, announced);

    Received deletion = eventuallyGets(town().fedify, "Delete", object);
    assertThat(deletion.objectId()).isEqualTo(object);
    assertThat(town().web.get(object, Web.ACTIVITY).status()).isEqualTo(410);
  }

  @Test
  default void anUndoneFollowEndsDelivery() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String carol = unique("carol");
    town().follow(town().other, carol, town().romeo);
    String first = unique("first");
    town().romeoPosts(first);
    eventuallyGets(town().other, "Create", first);
    town().other.undoFollow(carol, "acct:" + town().romeo.bareJid());
    String followers = town().actorOf(town().romeo);
    eventually()
        .until(() ->
            town().fedify.collection(followers, "followers").stream()
                .noneMatch(follower -> follower.toString().contains(carol)));
    String second = unique("second");
    town().romeoPosts(second);

    eventuallyGets(town().fedify, "Create", second);
    steadily().until(() -> got(town().other, "Create", second).isEmpty());
  }

  @Test
  default void aFollowerCanWalkTheWholeBlog() {
    String text = unique("old");
    for (int i = 0; i < 4; i++) {
      town().romeoPosts(text + i);
    }
    String actor = town().actorOf(town().romeo);

    eventually()
        .until(() ->
            town().fedify.collection(actor, "outbox").stream()
                    .filter(item -> item.toString().contains(text))
                    .count()
                == 4);
  }

  @Test
  default void nobodyIsFoundWithoutAnOpenBlog() {
    assertThat(town().webfinger("mercutio@" + town().xmpp.domain()).status()).isEqualTo(404);
    assertThat(town().webfinger("nobody@" + town().xmpp.domain()).status()).isEqualTo(404);
  }

  @Test
  default void aBlogThatClosesIsDeletedAndNoLongerFound() {
    town().follow(town().fedify, unique("ann"), town().benvolio);
    String text = unique("secret");
    String id = unique("post-");
    blog(town().benvolio).publish(BLOG, id, Entries.plain(id, text));
    String object = eventuallyGets(town().fedify, "Create", text).objectId();
    blog(town().benvolio).configure(BLOG, Map.of("pubsub#access_model", "whitelist"));
    String later = unique("later");
    blog(town().benvolio).publish(BLOG, later, Entries.plain(later, later));

    Received deletion = eventuallyGets(town().fedify, "Delete", object);
    assertThat(deletion.objectId()).isEqualTo(object);
    assertThat(town().web.get(object, Web.ACTIVITY).status()).isIn(404, 410);
    eventually().until(() -> town().webfinger(town().benvolio.bareJid()).status() == 404);
    assertThat(got(town().fedify, "Create", later)).isEmpty();
  }
}
