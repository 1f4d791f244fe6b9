package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.COMMENTS;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.PubSub;
import im.tombolo.interop.stage.Xml;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Likes and emoji between the networks (XEP-0470, and Movim's hearts). */
interface ReactionTests {
  String ATTACHMENTS = "urn:xmpp:pubsub-attachments:1/";
  String SUMMARY = "urn:xmpp:pubsub-attachments:summary:1/" + BLOG;

  Town town();

  /** As Libervia names the node. */
  private static String node(String jid, String item) {
    return ATTACHMENTS
        + "xmpp:%s?;node=urn%%3Axmpp%%3Amicroblog%%3A0;item=%s"
            .formatted(jid.replace("\\", "%5C"), item);
  }

  private static String attachments(String inside) {
    return "<attachments xmlns='urn:xmpp:pubsub-attachments:1'>" + inside + "</attachments>";
  }

  private static String emoji(String... emojis) {
    StringBuilder inside = new StringBuilder("<reactions timestamp='2026-01-01T00:00:00Z'>");
    for (String one : emojis) {
      inside.append("<reaction>").append(one).append("</reaction>");
    }
    return inside.append("</reactions>").toString();
  }

  @Test
  default void aLikeOfTheFediverseIsAttachedToThePost() {
    String ann = unique("ann");
    town().follow(town().fedify, ann, town().romeo);
    String id = unique("post-");
    String post = town().romeoPostsWithComments(id, unique("soft"));
    String romeo = town().romeo.bareJid();
    String node = node(romeo, id);
    town().openNode(node);
    String like = town().fedify.like(ann, post);
    town().fedify.react(ann, post, "🔥");

    PubSub service = town().juliet.pubsub(romeo);
    eventually().until(() -> service.items(node).has("//at:reaction"));
    Xml items = service.items(node);
    assertThat(items.texts("//ps:item/@id")).containsExactly(town().jid(ann));
    assertThat(items.has("//at:noticed")).isTrue();
    assertThat(items.texts("//at:reaction")).containsExactly("🔥");
    eventually().until(() -> service.items(COMMENTS + id).texts("//a:title").contains("♥"));
    assertThat(town().activityJson(post + "/likes").path("totalItems").asInt(0)).isEqualTo(1);

    town().fedify.undoReact(ann, like);
    eventually().until(() -> !service.items(node).has("//at:noticed"));
    // Prosody lets nobody but owners retract: there it is overwritten.
    eventually().until(() -> !service.items(COMMENTS + id).texts("//a:title").contains("♥"));
    assertThat(service.items(node).texts("//at:reaction")).containsExactly("🔥");
  }

  @Test
  default void whatIsAttachedOnXmppIsALike() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String text = unique("thought");
    FedifyPeer.Post post = town().fedify.post(ada, "<p>" + text + "</p>");
    String item = town().julietEventuallyGets(ada, text).text("//ev:item/@id");
    String juliet = town().juliet.bareJid();
    String node = node(town().jid(ada), item);
    PubSub seen = town().julietSees(ada);
    seen.subscribe(node);
    seen.publish(node, juliet, attachments("<noticed/>" + emoji("👍")));

    Received like = eventuallyGets(town().fedify, "Like", post.id());
    assertThat(like.actor()).isEqualTo(town().actorOf(town().juliet));
    town()
        .juliet
        .awaitEvent(
            "/c:message[@from='%s']//ev:item[@id='%s']//at:reaction"
                .formatted(town().jid(ada), juliet));
    assertThat(seen.items(node).texts("//ps:item/@id")).containsExactly(juliet);
    assertThat(seen.item(SUMMARY, item).texts("//sum:reaction")).containsExactly("👍");

    seen.publish(node, juliet, attachments("<noticed/>"));
    Received undo = eventuallyGets(town().fedify, "Undo", "👍");
    assertThat(undo.object().path("object").asString("")).isEqualTo(post.id());
    assertThat(seen.items(node).has("//at:noticed")).isTrue();
  }

  @Test
  default void aHeartOnXmppIsALike() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String text = unique("thought");
    FedifyPeer.Post post = town().fedify.post(ada, "<p>" + text + "</p>");
    String item = town().julietEventuallyGets(ada, text).text("//ev:item/@id");
    String node = COMMENTS + item;
    String heart = unique("heart-");
    PubSub seen = town().julietSees(ada);
    seen.publish(node, heart, Entries.plain(heart, "♥"));

    Received like = eventuallyGets(town().fedify, "Like", post.id());
    assertThat(like.objectId()).isEqualTo(post.id());
    Xml comments = seen.items(node);
    assertThat(comments.texts("//ps:item/@id")).isEqualTo(List.of(heart));
    assertThat(comments.texts("//a:title")).containsExactly("♥");

    seen.retract(node, heart, true);
    assertThat(eventuallyGets(town().fedify, "Undo", like.id()).objectId()).isEqualTo(like.id());
    assertThat(seen.items(node).texts("//ps:item/@id")).isEmpty();
  }
}
