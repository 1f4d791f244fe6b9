package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.got;
import static im.tombolo.interop.Town.steadily;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever dies, and whenever: nothing is missing afterwards, and nothing is there twice. */
interface CrashTests {
  Town town();

  @Test
  default void aKillBetweenPublishAndDeliveryLosesNothing() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String text = unique("durable");
    town().fedify.fail(Integer.MAX_VALUE);
    town().romeoPosts(text);
    eventually().until(() -> tried(text));
    town().gateway.kill9();
    town().fedify.fail(0);
    assertThat(got(town().fedify, "Create", text)).isEmpty();
    town().gateway.start();

    eventuallyGets(town().fedify, "Create", text);
    steadily().until(() -> got(town().fedify, "Create", text).size() == 1);
  }

  @Test
  default void aKillWhileThePeerThinksLosesNothing() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String text = unique("durable");
    town().fedify.hang(true);
    town().romeoPosts(text);
    eventually().until(() -> tried(text));
    town().gateway.kill9();
    town().fedify.hang(false);
    town().gateway.start();

    eventuallyGets(town().fedify, "Create", text);
    steadily().until(() -> got(town().fedify, "Create", text).size() == 1);
  }

  private boolean tried(String text) {
    return town().fedify.posted().stream().anyMatch(post -> post.body().contains(text));
  }

  @Test
  default void whatHappensWhileTheGatewayIsDownIsCaughtUpWith() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String old = unique("old");
    String oldId = town().romeoPosts(old);
    String object = eventuallyGets(town().fedify, "Create", old).objectId();
    String ada = unique("ada");
    town().julietSubscribes(ada);
    town().gateway.kill9();
    String posted = unique("meanwhile");
    town().romeoPosts(posted);
    blog(town().romeo).retract(BLOG, oldId, true);
    String answered = unique("answered");
    town().fedify.post(ada, "<p>" + answered + "</p>");
    town().gateway.start();

    eventuallyGets(town().fedify, "Create", posted);
    assertThat(eventuallyGets(town().fedify, "Delete", object).objectId()).isEqualTo(object);
    town().julietEventuallyGets(ada, answered);
    steadily().until(() -> got(town().fedify, "Create", posted).size() == 1);
    assertThat(town().julietGot(ada, answered)).hasSize(1);
  }

  @Test
  default void aKillBetweenAcceptanceAndNotificationLosesNothing() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    town().xmpp.stop();
    int before = accepted();
    String text = unique("durable");
    town().fedify.post(ada, "<p>" + text + "</p>");
    eventually().until(() -> accepted() > before);
    town().gateway.kill9();
    town().xmpp.start();
    // juliet comes first: servers drop notifications for people who are away.
    town().reconnectClients();
    town().gateway.start();

    town().julietEventuallyGets(ada, text);
    steadily().until(() -> town().julietGot(ada, text).size() == 1);
  }

  private int accepted() {
    return (int)
        town().gateway.answers().stream()
            .filter(answer -> answer.request().startsWith("POST ") && answer.status() == 202)
            .count();
  }

  @Test
  default void theXmppServerMayRestart() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String ada = unique("ada");
    town().julietSubscribes(ada);
    town().xmpp.restart();
    town().reconnectClients();
    eventually().until(town().gateway::ready);
    String out = unique("out");
    String in = unique("in");
    town().romeoPosts(out);
    town().fedify.post(ada, "<p>" + in + "</p>");

    eventuallyGets(town().fedify, "Create", out);
    town().julietEventuallyGets(ada, in);
    steadily().until(() -> got(town().fedify, "Create", out).size() == 1);
    assertThat(town().julietGot(ada, in)).hasSize(1);
  }

  @Test
  default void theDatabaseMayRestart() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String out = unique("out");
    String in = unique("in");
    town().postgres.stop();
    town().romeoPosts(out);
    town().fedify.post(ada, "<p>" + in + "</p>");
    eventually().until(() -> !town().gateway.ready());
    town().postgres.start();

    eventuallyGets(town().fedify, "Create", out);
    town().julietEventuallyGets(ada, in);
    steadily().until(() -> got(town().fedify, "Create", out).size() == 1);
    assertThat(town().julietGot(ada, in)).hasSize(1);
    assertThat(town().gateway.alive()).isTrue();
  }
}
