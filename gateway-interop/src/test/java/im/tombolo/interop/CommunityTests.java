package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.COMMENTS;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.PubSub;
import im.tombolo.interop.stage.ScriptedPeer;
import im.tombolo.interop.stage.SlixmppClient;
import im.tombolo.interop.stage.Xml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Communities and events of the fediverse, which a peer plays as Lemmy and Mobilizon have them. */
interface CommunityTests {
  String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  Town town();

  private ScriptedPeer peer() {
    return town().scripted;
  }

  private String inbox() {
    return town().gateway.origin() + "/inbox";
  }

  private PubSub sees(SlixmppClient who, String group) {
    return who.pubsub(jid(group));
  }

  private String jid(String user) {
    return peer().jid(user, town().xmpp.componentDomain());
  }

  /** What the peer got of this type with that text in it. */
  private JsonNode gets(String type, String text) {
    return eventually()
        .until(
            () ->
                peer().received().stream()
                    .filter(activity -> activity.path("type").asString("").equals(type))
                    .filter(activity -> activity.toString().contains(text))
                    .toList(),
            got -> !got.isEmpty())
        .getFirst();
  }

  private void accepts(String actor, JsonNode asked) {
    peer()
        .send(
            actor,
            inbox(),
            """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s/accepts/%s",
             "type":"Accept","actor":"%s","object":%s}
            """
                .formatted(actor, unique("a"), actor, asked));
  }

  private String group(String name) {
    String path = "/c/" + name;
    return peer()
        .actor(
            "Group",
            path,
            ",\"summary\":\"<p>All about it</p>\",\"attributedTo\":\"%s/moderators\""
                .formatted(peer().on(path)));
  }

  /** A post in a community, as its server has it. */
  private String page(String group, String author, String id, String title) {
    String page =
        """
        {"@context":"https://www.w3.org/ns/activitystreams","type":"Page","id":"%s",
         "attributedTo":"%s","to":["%s","%s"],"cc":[],"audience":"%3$s","name":"%s",
         "content":"<p>Look at it</p>","mediaType":"text/html","sensitive":false,
         "attachment":[{"type":"Link","href":"https://news.example/1"}],"published":"%s"}
        """
            .formatted(
                id, author, group, PUBLIC, title, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    peer().holds(id, page);
    return page;
  }

  private static String announced(String group, String author, String id, String page) {
    return """
    {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s/announce",
     "type":"Announce","actor":"%2$s","to":["%3$s"],"cc":["%2$s/followers"],
     "object":{"id":"%1$s/create","type":"Create","actor":"%4$s","to":["%2$s","%3$s"],
      "cc":[],"audience":"%2$s","object":%5$s}}
    """
        .formatted(id, group, PUBLIC, author, page);
  }

  @Test
  default void aClientOpensReadsPostsInAndCommentsOnACommunity() {
    String name = unique("cats");
    String group = group(name);
    String gus = peer().actor("Person", "/u/" + unique("gus"), "");
    String old = unique("Old cat ");
    String first = peer().on("/post/" + unique("p"));
    String firstPage = page(group, gus, first, old);
    peer()
        .holds(
            group + "/outbox",
            "{\"id\":\"%s/outbox\",\"type\":\"OrderedCollection\",\"totalItems\":1,\"orderedItems\":[%s]}"
                .formatted(group, announced(group, gus, first, firstPage)));

    Movim movim = new Movim(town().juliet, jid(name));
    Movim.Post there = Movim.posts(movim.newest(BLOG, Movim.PAGE)).getFirst();
    assertThat(there.title()).isEqualTo(old.strip());
    assertThat(there.author()).isEqualTo(jid(gus.substring(gus.lastIndexOf('/') + 1)));
    assertThat(there.isComplete()).isTrue();

    movim.subscribe(BLOG);
    accepts(group, gets("Follow", group));
    town()
        .juliet
        .awaitEvent(
            "/c:message[@from='%s']//ev:subscription[@subscription='subscribed']"
                .formatted(jid(name)));

    String fresh = unique("New cat ");
    String second = peer().on("/post/" + unique("p"));
    peer().send(group, inbox(), announced(group, gus, second, page(group, gus, second, fresh)));
    Xml told = town().juliet.awaitEvent(item(name, fresh.strip()));
    assertThat(told.has("//ev:item/a:entry/a:link[@rel='related']")).isTrue();

    String mine = unique("mine-");
    sees(town().romeo, name).publish(BLOG, mine, Entries.plain(mine, "My own cat " + mine));
    JsonNode create = gets("Create", mine);
    assertThat(create.path("audience").asString("")).isEqualTo(group);
    assertThat(create.path("object").path("audience").asString("")).isEqualTo(group);
    town().juliet.awaitEvent(item(name, mine));
    assertThat(Movim.posts(movim.newest(BLOG, Movim.PAGE)))
        .extracting(Movim.Post::title)
        .containsExactlyInAnyOrder("My own cat " + mine, fresh.strip(), old.strip());

    String comment = unique("comment-");
    new Movim(town().juliet, there.commentsService()).comment(there, comment, "Purr " + comment);
    JsonNode answer = gets("Create", comment);
    assertThat(answer.path("object").path("inReplyTo").asString("")).isEqualTo(first);
    assertThat(answer.path("object").path("audience").asString("")).isEqualTo(group);
    assertThat(
            Movim.posts(
                new Movim(town().juliet, there.commentsService())
                    .items(COMMENTS + there.commentsId())))
        .extracting(Movim.Post::title)
        .containsExactly("Purr " + comment);
  }

  private String item(String group, String text) {
    return "/c:message[@from='%s']//ev:items[@node='%s']/ev:item[contains(.,'%s')]"
        .formatted(jid(group), BLOG, text);
  }

  @Test
  default void whoComesToAnEventJoinsAndIsExpected() {
    String name = unique("seeds");
    String group = group(name);
    String event = peer().on("/events/" + unique("e"));
    String title = unique("Seed swap ");
    peer()
        .holds(
            event,
            """
            {"@context":"https://www.w3.org/ns/activitystreams","type":"Event","id":"%s",
             "attributedTo":"%s","actor":"%2$s","name":"%s","content":"<p>Bring seeds.</p>",
             "published":"2026-01-01T10:00:00Z","startTime":"2036-04-11T14:00:00+02:00",
             "endTime":"2036-04-11T17:00:00+02:00","timezone":"Europe/Paris","joinMode":"free",
             "ical:status":"CONFIRMED","commentsEnabled":true,"maximumAttendeeCapacity":30,
             "to":["%s"],"cc":["%2$s/followers"]}
            """
                .formatted(event, group, title.strip(), PUBLIC));
    peer()
        .holds(
            group + "/outbox",
            """
            {"id":"%s/outbox","type":"OrderedCollection","totalItems":1,"orderedItems":[
             {"id":"%s/announce","type":"Announce","actor":"%1$s","to":["%s"],"object":"%2$s"}]}
            """
                .formatted(group, event, PUBLIC));

    PubSub seen = sees(town().juliet, name);
    Xml there = seen.items("urn:xmpp:calendar-events:0");
    assertThat(there.text("//ps:item")).contains(title.strip());
    String item = there.text("//ps:item/@id");
    String node =
        "urn:xmpp:pubsub-attachments:1/xmpp:%s?;node=urn%%3Axmpp%%3Acalendar-events%%3A0;item=%s"
            .formatted(jid(name).replace("\\", "%5C"), item);
    seen.publish(
        node,
        town().juliet.bareJid(),
        """
        <attachments xmlns='urn:xmpp:pubsub-attachments:1'><rsvp xmlns='urn:xmpp:calendar-events:0'>\
        <x xmlns='jabber:x:data' type='submit'>\
        <field var='FORM_TYPE'><value>urn:xmpp:calendar-events:rsvp:0</value></field>\
        <field var='attending'><value>yes</value></field></x></rsvp></attachments>\
        """);

    JsonNode join = gets("Join", event);
    assertThat(join.path("object").asString("")).isEqualTo(event);
    accepts(group, join);
    town()
        .juliet
        .awaitEvent(message ->
            message.has("/c:message/c:body[contains(.,'%s')]".formatted(title.strip()))
                && message.has("/c:message/c:body[contains(.,'expected')]"));
  }
}
