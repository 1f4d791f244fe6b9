package im.tombolo.interop;

import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.got;
import static im.tombolo.interop.Town.steadily;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.interop.stage.Gateway;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two processes on one database, of which one has the component link. */
interface ClusterTests {
  Town town();

  @Test
  default void aSecondProcessTakesTheLinkOverWhenTheFirstIsKilled() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String ada = unique("ada");
    town().julietSubscribes(ada);
    try (Gateway partner = town().gateway.partner()) {
      partner.start();
      assertThat(partner.hasLink()).isFalse();
      String before = unique("before");
      town().romeoPosts(before);
      eventuallyGets(town().fedify, "Create", before);

      town().gateway.kill9();
      String meanwhile = unique("meanwhile");
      town().romeoPosts(meanwhile);
      await().atMost(Duration.ofSeconds(10)).until(partner::hasLink);

      eventuallyGets(town().fedify, "Create", meanwhile);
      String answered = unique("answered");
      town().fedify.post(ada, "<p>" + answered + "</p>");
      town().julietEventuallyGets(ada, answered);
      steadily().until(() -> got(town().fedify, "Create", meanwhile).size() == 1);
      assertThat(got(town().fedify, "Create", before)).hasSize(1);
      assertThat(town().julietGot(ada, answered)).hasSize(1);
      assertThat(partner.status()).contains("XMPP link: up, here");
    }
  }

  @Test
  default void aProcessWithoutTheLinkServesAnActorThatNobodyKnew() {
    try (Gateway partner = town().gateway.partner()) {
      partner.start();
      String service = town().xmpp.pubsubDomain();
      String news = unique("news");
      town().romeo.pubsub(service).create(news, Map.of("pubsub#access_model", "open"));

      eventually()
          .ignoreExceptions()
          .until(() -> town().webfinger(news + "@" + service).status() == 200);

      assertThat(partner.hasLink()).isFalse();
    }
  }
}
