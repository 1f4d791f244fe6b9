package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.got;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.SlixmppClient;
import im.tombolo.interop.stage.Web;
import im.tombolo.interop.stage.Xml;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the gateway does when it is told to, by commands and in a chat. */
interface CommandTests {
  String COMMANDS = "http://jabber.org/protocol/commands";
  String NOTE = "//*[local-name()='note']";

  Town town();

  private Xml command(SlixmppClient who, String node, String inside) {
    return who.iq(
        "set",
        town().xmpp.componentDomain(),
        "<command xmlns='%s' node='%s' action='execute'>%s</command>"
            .formatted(COMMANDS, node, inside));
  }

  private static String submit(String field, String value) {
    return "<x xmlns='jabber:x:data' type='submit'><field var='%s'><value>%s</value></field></x>"
        .formatted(field, Xml.escape(value));
  }

  private Xml says(SlixmppClient who, String words, String about) {
    String gateway = town().xmpp.componentDomain();
    who.send(
        "<message xmlns='jabber:client' type='chat' to='%s'><body>%s</body></message>"
            .formatted(gateway, Xml.escape(words)));
    return who.awaitEvent(
        "/c:message[@from='%s'][@type='chat']/c:body[contains(.,'%s')]".formatted(gateway, about));
  }

  @Test
  default void theCommandsAreListedAndExplained() {
    Xml list =
        town()
            .juliet
            .iq(
                "get",
                town().xmpp.componentDomain(),
                "<query xmlns='http://jabber.org/protocol/disco#items' node='" + COMMANDS + "'/>");

    assertThat(list.texts("//items:item/@node"))
        .contains("me", "find", "follow", "unfollow", "followers", "join", "leave", "start-poll");
    assertThat(says(town().juliet, "help", "unfollow ADDRESS").text("//c:body"))
        .contains("find ADDRESS");
  }

  @Test
  default void somebodyOfTheFediverseIsLookedUp() {
    String ada = unique("ada");
    String handle = town().fedify.handle(ada);

    Xml form = command(town().juliet, "find", "");
    assertThat(form.texts("//x:field/@var")).containsExactly("address");
    Xml found = command(town().juliet, "find", submit("address", "@" + handle));
    assertThat(found.text(NOTE)).contains("@" + handle, town().jid(ada));
    assertThat(says(town().juliet, "find " + handle, ada).text("//c:body"))
        .contains(town().jid(ada));
    assertThat(command(town().romeo, "me", "").text(NOTE)).contains(town().actorOf(town().romeo));
  }

  @Test
  default void aFollowByCommandBringsPosts() {
    String ada = unique("ada");
    String handle = town().fedify.handle(ada);

    command(town().juliet, "follow", submit("address", handle));
    town().juliet.awaitEvent(town().subscriptionOf(ada) + "[@subscription='subscribed']");
    String text = unique("news");
    town().fedify.post(ada, "<p>" + text + "</p>");
    town().julietEventuallyGets(ada, text);

    says(town().juliet, "unfollow " + handle, "do not follow " + handle);
    eventually().until(() -> town().fedify.followers(ada).isEmpty());
  }

  @Test
  default void whoWantsToFollowWaitsForApproval() {
    String ann = unique("ann");
    says(town().romeo, "approval on", "waits until you approve");
    try {
      assertThat(
              town()
                  .activityJson(town().actorOf(town().romeo))
                  .path("manuallyApprovesFollowers")
                  .asBoolean())
          .isTrue();
      town().fedify.follow(ann, "acct:" + town().romeo.bareJid());
      String handle = town().fedify.handle(ann);
      eventually().until(() -> command(town().romeo, "waiting", "").text(NOTE).contains(handle));
      assertThat(town().fedify.following(ann)).doesNotContainValue("accepted");
      says(town().romeo, "approve " + handle, "follows you now");
      eventually().until(() -> town().fedify.following(ann).containsValue("accepted"));
    } finally {
      says(town().romeo, "approval off", "Everybody may follow you");
    }
  }

  @Test
  default void whoLeavesIsDeletedAndGone() {
    SlixmppClient benvolio = town().benvolio;
    blog(benvolio).configure(BLOG, Map.of("pubsub#access_model", "open"));
    eventually().until(() -> town().webfinger(benvolio.bareJid()).status() == 200);
    String actor = town().actorOf(benvolio);
    town().follow(town().fedify, unique("ann"), benvolio);
    String text = unique("farewell");
    String id = unique("post-");
    blog(benvolio).publish(BLOG, id, Entries.plain(id, text));
    String object = eventuallyGets(town().fedify, "Create", text).objectId();

    String gateway = town().xmpp.componentDomain();
    Xml left = benvolio.iq("set", gateway, "<query xmlns='jabber:iq:register'><remove/></query>");
    assertThat(left.has("/c:iq[@type='result']")).isTrue();

    eventuallyGets(town().fedify, "Delete", object);
    eventually()
        .until(() ->
            got(town().fedify, "Delete", actor).stream()
                .map(Received::objectId)
                .anyMatch(actor::equals));
    // Answers that many ask for are a moment old.
    eventually().until(() -> town().webfinger(benvolio.bareJid()).status() == 410);
    eventually().until(() -> town().web.get(actor, Web.ACTIVITY).status() == 410);
    eventually().until(() -> town().web.get(object, Web.ACTIVITY).status() == 410);

    assertThat(command(benvolio, "join", "").text(NOTE)).contains("on the fediverse");
    eventually().until(() -> town().webfinger(benvolio.bareJid()).status() == 200);
  }
}
