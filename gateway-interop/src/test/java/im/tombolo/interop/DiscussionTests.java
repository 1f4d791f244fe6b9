package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.COMMENTS;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.got;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.Xml;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers and repeats between the networks. */
interface DiscussionTests {
  Town town();

  private List<String> titles(String service, String node) {
    return town().juliet.pubsub(service).items(node).texts("//a:title[last()]");
  }

  @Test
  default void aReplyOfTheFediverseStandsUnderThePost() {
    String ann = unique("ann");
    town().follow(town().fedify, ann, town().romeo);
    String id = unique("post-");
    String post = town().romeoPostsWithComments(id, unique("soft"));
    String text = unique("reply");
    FedifyPeer.Post reply = town().fedify.reply(ann, post, "<p>" + text + "</p>");

    String romeo = town().romeo.bareJid();
    eventually().until(() -> titles(romeo, COMMENTS + id).contains(text));
    Xml items = town().juliet.pubsub(romeo).items(COMMENTS + id);
    assertThat(items.texts("//a:author/a:uri")).containsExactly("xmpp:" + town().jid(ann));
    town()
        .romeo
        .awaitEvent(
            "/c:message[@from='%s']/r:reference[@type='mention']".formatted(town().jid(ann)));
    assertThat(town().web.get(post, "text/html").text()).contains(text);

    town().fedify.delete(ann, reply.id());
    // Prosody lets nobody but owners retract: there it is overwritten.
    eventually().until(() -> !titles(romeo, COMMENTS + id).contains(text));
    eventually().until(() -> !town().web.get(post, "text/html").text().contains(text));
  }

  @Test
  default void aCommentOnXmppGoesToTheFollowersOfTheBlog() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String id = unique("post-");
    String post = town().romeoPostsWithComments(id, unique("soft"));
    String text = unique("comment");
    String comment = unique("c-");
    town()
        .juliet
        .pubsub(town().romeo.bareJid())
        .publish(COMMENTS + id, comment, Entries.plain(comment, text));

    Received create = eventuallyGets(town().fedify, "Create", text);
    assertThat(create.actor()).isEqualTo(town().actorOf(town().juliet));
    assertThat(create.object().path("inReplyTo").asString("")).isEqualTo(post);
    assertThat(town().activityJson(create.objectId()).path("id").asString(""))
        .isEqualTo(create.objectId());
    assertThat(town().activityJson(post + "/replies?page=first").toString())
        .contains(create.objectId());
  }

  @Test
  default void aCommentOnAPostOfTheFediverseIsAReply() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String text = unique("thought");
    FedifyPeer.Post post = town().fedify.post(ada, "<p>" + text + "</p>");
    Xml item = town().julietEventuallyGets(ada, text);
    String node = COMMENTS + item.text("//ev:item/@id");
    String comment = unique("c-");
    String answer = unique("answer");
    town().julietSees(ada).publish(node, comment, Entries.plain(comment, answer));

    Received create = eventuallyGets(town().fedify, "Create", answer);
    assertThat(create.object().path("inReplyTo").asString("")).isEqualTo(post.id());
    assertThat(create.object().path("tag").toString()).contains(town().fedify.actor(ada));
    assertThat(titles(town().jid(ada), node)).contains(answer);

    town().julietSees(ada).retract(node, comment, true);
    assertThat(eventuallyGets(town().fedify, "Delete", create.objectId()).objectId())
        .isEqualTo(create.objectId());
  }

  @Test
  default void aBoostOfTheFediverseIsARepeatOnXmpp() {
    String ada = unique("ada");
    String bob = unique("bob");
    town().julietSubscribes(ada);
    String text = unique("boosted");
    FedifyPeer.Post post = town().fedify.post(bob, "<p>" + text + "</p>");
    String announce = town().fedify.announce(ada, post.id());

    Xml item = town().julietEventuallyGets(ada, text);
    assertThat(item.texts("//a:author/a:uri")).containsExactly("xmpp:" + town().jid(bob));
    assertThat(item.texts("//a:link[@rel='via']/@ref")).containsExactly(post.id());

    town().fedify.undoAnnounce(ada, announce);
    town()
        .juliet
        .awaitEvent(
            "/c:message[@from='%s']//ev:retract[@id='%s']"
                .formatted(town().jid(ada), item.text("//ev:item/@id")));
  }

  @Test
  default void aRepeatOnXmppIsABoost() {
    String ann = unique("ann");
    String bob = unique("bob");
    town().follow(town().fedify, ann, town().romeo);
    String text = unique("repeated");
    FedifyPeer.Post post = town().fedify.post(bob, "<p>" + text + "</p>");
    eventually().until(() -> town().romeo.pubsub(town().jid(bob)).items(BLOG).has("//ps:item"));
    String item = town().romeo.pubsub(town().jid(bob)).items(BLOG).texts("//ps:item/@id").getLast();
    String id = unique("repeat-");
    String via =
        "<link rel='via' ref='%s' href='xmpp:%s?;node=urn%%3Axmpp%%3Amicroblog%%3A0;item=%s'/>"
            .formatted(post.id(), town().jid(bob).replace("\\", "%5C"), item);
    blog(town().romeo).publish(BLOG, id, Entries.with(id, text, via));

    Received announce = eventuallyGets(town().fedify, "Announce", post.id());
    assertThat(announce.objectId()).isEqualTo(post.id());
    blog(town().romeo).retract(BLOG, id, true);
    assertThat(eventuallyGets(town().fedify, "Undo", announce.id()).objectId())
        .isEqualTo(announce.id());
    assertThat(got(town().fedify, "Create", text)).isEmpty();
  }
}
