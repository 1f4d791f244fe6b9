package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.steadily;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.Xml;
import org.junit.jupiter.api.Test;

/** Who follows whom, and who may know; contacts. */
interface ConnectionTests {
  Town town();

  @Test
  default void onlyAPublicSubscriptionIsShownToTheFediverse() {
    String ada = unique("ada");
    String bob = unique("bob");
    town().julietSubscribes(bob);
    subscribePublicly(ada);
    town().juliet.awaitEvent(town().subscriptionOf(ada) + "[@subscription='subscribed']");

    String juliet = town().actorOf(town().juliet);
    eventually().until(() -> follows(juliet, ada));
    assertThat(follows(juliet, bob)).isFalse();
    town().julietSubscribes(ada);
    eventually().until(() -> !follows(juliet, ada));
  }

  private void subscribePublicly(String user) {
    Xml reply =
        town()
            .juliet
            .iq(
                "set",
                town().jid(user),
                """
                <pubsub xmlns='http://jabber.org/protocol/pubsub'>
                  <subscribe node='%s' jid='%s'/>
                  <options><x xmlns='jabber:x:data' type='submit'>
                    <field var='FORM_TYPE' type='hidden'>
                      <value>http://jabber.org/protocol/pubsub#subscribe_options</value>
                    </field>
                    <field var='{urn:xmpp:pps:0}public'><value>true</value></field>
                  </x></options>
                </pubsub>
                """
                    .formatted(BLOG, town().juliet.bareJid()));
    assertThat(reply.texts("/c:iq/@type")).containsExactly("result");
  }

  private boolean follows(String actor, String user) {
    return town().fedify.collection(actor, "following").stream()
        .anyMatch(followed -> followed.toString().contains(user));
  }

  @Test
  default void whomAFediverseAccountFollowsIsListed() {
    String ada = unique("ada");
    town().follow(town().fedify, ada, town().romeo);
    String bob = unique("bob");
    town().fedify.follow(ada, town().fedify.handle(bob));
    eventually()
        .until(() -> "accepted".equals(town().fedify.following(ada).get(town().fedify.actor(bob))));

    Xml list = town().julietSees(ada).items("urn:xmpp:pps:subscriptions:0");
    assertThat(list.texts("//*[local-name()='subscription']/@service"))
        .containsExactlyInAnyOrder(town().jid(bob), town().romeo.bareJid());
    Xml subscribers = town().julietSees(bob).items("urn:xmpp:pps:subscribers:0/" + BLOG);
    assertThat(subscribers.texts("//*[local-name()='subscriber']/@jid"))
        .containsExactly(town().jid(ada));
  }

  @Test
  default void aContactOnTheFediverseIsFollowed() {
    String ada = unique("ada");
    town().fedify.autoAccept(false);
    presence(ada, "subscribe");
    eventually().until(() -> town().fedify.pendingFollows(ada).size() == 1);
    steadily().until(() -> town().juliet.events(presenceOf(ada, "subscribed")).isEmpty());
    town().fedify.accept(town().fedify.pendingFollows(ada).getFirst());
    town().juliet.awaitEvent(presenceOf(ada, "subscribed"));
    eventually().until(() -> town().fedify.followers(ada).size() == 1);

    presence(ada, "unsubscribe");

    eventually().until(() -> town().fedify.followers(ada).isEmpty());
  }

  @Test
  default void aContactWhoDoesNotWantItIsTold() {
    String ada = unique("ada");
    town().fedify.autoAccept(false);
    presence(ada, "subscribe");
    eventually().until(() -> town().fedify.pendingFollows(ada).size() == 1);
    town().fedify.reject(town().fedify.pendingFollows(ada).getFirst());

    town().juliet.awaitEvent(presenceOf(ada, "unsubscribed"));
  }

  private void presence(String user, String type) {
    // Prosody tells of contacts only who asked for the list of them (RFC 6121 §2.2).
    town().juliet.iq("get", town().juliet.bareJid(), "<query xmlns='jabber:iq:roster'/>");
    town().juliet.send("<presence type='%s' to='%s'/>".formatted(type, town().jid(user)));
  }

  private String presenceOf(String user, String type) {
    return "/c:presence[@from='%s'][@type='%s']".formatted(town().jid(user), type);
  }
}
