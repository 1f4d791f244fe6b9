package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.COMMENTS;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.Prosody;
import im.tombolo.interop.stage.PubSub;
import im.tombolo.interop.stage.SlixmppClient;
import im.tombolo.interop.stage.Web;
import im.tombolo.interop.stage.Xml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the gateway does where Prosody lets it ask in the name of people (XEP-0356). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivilegesOnProsodyIT {
  private Town town;

  @BeforeAll
  void build() {
    town = new Town("prosody", Prosody::lending);
  }

  @AfterAll
  void leave() {
    if (town != null) {
      town.close();
    }
  }

  @Test
  void aCommentThatIsDeletedOnTheFediverseIsTakenOutOfTheNode() {
    String ann = unique("ann");
    town.follow(town.fedify, ann, town.romeo);
    String id = unique("post-");
    String post = town.romeoPostsWithComments(id, unique("soft"));
    FedifyPeer.Post reply = town.fedify.reply(ann, post, "<p>" + unique("reply") + "</p>");
    PubSub comments = town.juliet.pubsub(town.romeo.bareJid());
    eventually().until(() -> comments.items(COMMENTS + id).has("//ps:item"));

    town.fedify.delete(ann, reply.id());
    eventually().until(() -> !comments.items(COMMENTS + id).has("//ps:item"));
  }

  @Test
  void theDoctorSeesWhatIsLentAndWhatIsNot() {
    assertThat(town.gateway.doctor())
        .contains("ok    gateway: It runs")
        .contains("ok    privileges: " + town.xmpp.domain() + " lets the gateway ask")
        .contains("warn  privileges: " + town.xmpp.pubsubDomain())
        .contains("ok    public address:")
        .contains("ok    certificate:")
        .contains("ok    paths:")
        .doesNotContain("fail ");
  }

  @Test
  void theNodeOfABlogIsMended() {
    blog(town.juliet)
        .create(
            BLOG,
            Map.of(
                "pubsub#access_model", "open",
                "pubsub#max_items", "5",
                "pubsub#notify_retract", "0"));
    town.follow(town.fedify, unique("ann"), town.juliet);

    eventually().until(() -> configuration().equals(List.of("100", "1", "open")));
  }

  private String says(SlixmppClient who, String words, String about) {
    String gateway = town.xmpp.componentDomain();
    who.send(
        "<message xmlns='jabber:client' type='chat' to='%s'><body>%s</body></message>"
            .formatted(gateway, words));
    return who.awaitEvent(
            "/c:message[@from='%s'][@type='chat']/c:body[contains(.,'%s')]"
                .formatted(gateway, about))
        .text("//c:body");
  }

  @Test
  void aClosedBlogIsForFollowersWhomItsOwnerApproves() {
    SlixmppClient benvolio = town.benvolio;
    blog(benvolio).configure(BLOG, Map.of("pubsub#access_model", "presence"));
    eventually().until(() -> town.webfinger(benvolio.bareJid()).status() == 404);
    says(benvolio, "closed-blog on", "whom you approve");
    eventually().until(() -> town.webfinger(benvolio.bareJid()).status() == 200);
    String ann = unique("ann");
    town.fedify.follow(ann, "acct:" + benvolio.bareJid());
    String handle = town.fedify.handle(ann);
    benvolio.awaitEvent("/c:message/c:body[contains(.,'approve %s')]".formatted(handle));
    says(benvolio, "approve " + handle, "follows you now");
    eventually().until(() -> town.fedify.following(ann).containsValue("accepted"));
    String text = unique("secret");
    String id = unique("post-");
    blog(benvolio).publish(BLOG, id, Entries.plain(id, text));

    Received create = eventuallyGets(town.fedify, "Create", text);
    assertThat(create.json().toString()).doesNotContain("#Public");
    assertThat(create.object().path("to").toString()).contains("/followers");
    assertThat(town.web.get(create.objectId(), Web.ACTIVITY).status()).isEqualTo(404);
    assertThat(town.web.get(create.objectId(), "text/html").text()).doesNotContain(text);
    assertThat(town.web.get(create.actor(), "text/html").text()).doesNotContain(text);
    assertThat(town.activityJson(create.actor() + "/outbox?page=first").toString())
        .doesNotContain(text);

    blog(benvolio).retract(BLOG, id, true);
    eventuallyGets(town.fedify, "Delete", create.objectId());
  }

  private List<String> configuration() {
    Xml form = blog(town.juliet).configuration(BLOG);
    return List.of(
        form.text(value("max_items")),
        flag(form.text(value("notify_retract"))),
        form.text(value("access_model")));
  }

  private static String flag(String value) {
    return value.equals("true") ? "1" : value;
  }

  private static String value(String field) {
    return "//x:field[@var='pubsub#%s']/x:value".formatted(field);
  }
}
