package im.tombolo.interop;

import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.PubSub;
import im.tombolo.interop.stage.ScriptedPeer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nodes of the XMPP server's own pubsub service are communities of the fediverse. */
interface CommunityHereTests {
  String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  Town town();

  private ScriptedPeer peer() {
    return town().scripted;
  }

  private PubSub service() {
    return town().romeo.pubsub(town().xmpp.pubsubDomain());
  }

  /** The actor that a new node of romeo's is. */
  private String group(String name, String publishModel) {
    service()
        .create(
            name,
            Map.of(
                "pubsub#access_model", "open",
                "pubsub#publish_model", publishModel,
                "pubsub#max_items", "100",
                "pubsub#persist_items", "1",
                "pubsub#itemreply", "publisher",
                "pubsub#notify_retract", "1",
                "pubsub#presence_based_delivery", "0"));
    return town().gateway.origin() + "/users/" + town().xmpp.pubsubDomain() + "/" + name;
  }

  private void says(String actor, String id, String type, String object, String cc) {
    peer()
        .send(
            actor,
            town().gateway.origin() + "/inbox",
            """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"%s",
             "actor":"%s","to":["%s"],"cc":["%s"],"object":%s}
            """
                .formatted(id, type, actor, PUBLIC, cc, object));
  }

  private void posts(String actor, String post, String text, String group) {
    says(
        actor,
        post + "/create",
        "Create",
        """
        {"id":"%s","type":"Note","attributedTo":"%s","to":["%s"],"cc":["%s"],
         "content":"<p>%s</p>","published":"%s"}
        """
            .formatted(
                post, actor, PUBLIC, group, text, Instant.now().truncatedTo(ChronoUnit.SECONDS)),
        group);
  }

  private JsonNode gets(String type, Predicate<JsonNode> which) {
    return eventually()
        .until(
            () ->
                peer().received().stream()
                    .filter(activity -> activity.path("type").asString("").equals(type))
                    .filter(which)
                    .toList(),
            got -> !got.isEmpty())
        .getFirst();
  }

  private JsonNode gets(Predicate<JsonNode> which, String text) {
    return eventually()
        .until(
            () ->
                peer().received().stream()
                    .filter(activity -> activity.toString().contains(text))
                    .filter(which)
                    .toList(),
            got -> !got.isEmpty())
        .getFirst();
  }

  private static boolean isCreate(JsonNode activity) {
    return text(activity, "/type").equals("Create");
  }

  private static String text(JsonNode activity, String pointer) {
    return activity.at(pointer).asString("");
  }

  @Test
  default void aNodeOfTheServiceIsACommunityInWhichTheFediversePosts() {
    String name = unique("birds");
    String group = group(name, "open");
    assertThat(town().activityJson(group).path("type").asString("")).isEqualTo("Group");
    String fan = peer().actor("Person", "/u/" + unique("fan"), "");
    says(fan, fan + "/follow", "Follow", "\"" + group + "\"", group);
    gets("Accept", accept -> text(accept, "/object/actor").equals(fan));

    String mine = unique("mine-");
    service().publish(name, mine, Entries.plain(mine, "A blackbird " + mine));
    JsonNode told = gets(one -> !one.at("/object/object").isMissingNode() || isCreate(one), mine);
    if (isCreate(told)) {
      // Prosody names publishers in events alone, and this was found before there were any.
      assertThat(text(told, "/actor")).isEqualTo(group);
    } else {
      assertThat(text(told, "/actor")).isEqualTo(group);
      assertThat(text(told, "/object/actor")).isEqualTo(town().actorOf(town().romeo));
      assertThat(text(told, "/object/object/audience")).isEqualTo(group);
      gets("Announce", one -> text(one, "/object").equals(text(told, "/object/object/id")));
    }

    String post = peer().on("/post/" + unique("p"));
    String words = unique("A robin ");
    posts(fan, post, words, group);
    eventually().until(() -> service().items(name).toString().contains(words));
    gets("Announce", one -> text(one, "/object/id").equals(post + "/create"));

    String item =
        service().items(name).texts("//ps:item[contains(.,'" + words + "')]/@id").getFirst();
    service().retract(name, item, true);
    JsonNode delete =
        gets(
            "Announce",
            one ->
                text(one, "/object/type").equals("Delete")
                    && text(one, "/object/object").equals(post));
    assertThat(text(delete, "/object/actor")).isEqualTo(group);
  }

  @Test
  default void aNodeInWhichStrangersMayNotPublishRejectsWhatTheyPost() {
    String name = unique("owls");
    String group = group(name, "publishers");
    String fan = peer().actor("Person", "/u/" + unique("fan"), "");
    says(fan, fan + "/follow", "Follow", "\"" + group + "\"", group);
    gets("Accept", accept -> text(accept, "/object/actor").equals(fan));

    String post = peer().on("/post/" + unique("p"));
    posts(fan, post, "Hoo", group);
    JsonNode reject = gets("Reject", one -> text(one, "/object").equals(post + "/create"));
    assertThat(text(reject, "/actor")).isEqualTo(group);
    assertThat(text(reject, "/summary")).isEqualTo("Not everybody may post in this community.");
    assertThat(service().items(name).texts("//ps:item")).isEqualTo(List.of());
  }
}
