package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.COMMENTS;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.unique;

import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.Prosody;
import im.tombolo.interop.stage.PubSub;
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
