package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is done where the server lets us ask in the name of its people (XEP-0356). */
class PrivilegeTest extends Room {
  private static final String BY_PRESENCE = "pubsub#presence_based_delivery";
  private static final String RETRACTS = "pubsub#notify_retract";
  private static final String ITEMS = "pubsub#max_items";
  private static final String ACCESS = "pubsub#access_model";

  private void nodeHas(Map<String, String> configuration) {
    flows.xmpp().configures(ROMEO, MICROBLOG, configuration);
    flows.advance(Duration.ofDays(1));
    flows.compare();
  }

  private Map<String, String> node() {
    return flows.xmpp().configurationOf(ROMEO, MICROBLOG);
  }

  @Test
  void whatHindersInTheNodeOfABlogIsMended() {
    flows.xmpp().lends(ROMEO);
    nodeHas(Map.of(BY_PRESENCE, "1", RETRACTS, "0", ITEMS, "1", ACCESS, "open"));

    assertThat(node())
        .isEqualTo(Map.of(BY_PRESENCE, "0", RETRACTS, "1", ITEMS, "100", ACCESS, "open"));
  }

  @Test
  void whatDoesNotHinderIsLeftAlone() {
    flows.xmpp().lends(ROMEO);
    Map<String, String> good = Map.of(RETRACTS, "true", ITEMS, "max", ACCESS, "open");
    nodeHas(good);

    assertThat(node()).isEqualTo(good);
    assertThat(flows.xmpp().asked()).doesNotContain("configure " + ROMEO + " " + MICROBLOG);
  }

  @Test
  void withoutLeaveNothingIsLookedAt() {
    nodeHas(Map.of(RETRACTS, "0"));

    assertThat(node()).isEqualTo(Map.of(RETRACTS, "0"));
    assertThat(flows.xmpp().asked()).doesNotContain("configuration " + ROMEO + " " + MICROBLOG);
  }

  @Test
  void aCommentThatOnlyOwnersMayRetractIsRetractedInTheOwnersName() {
    flows.xmpp().letsOnlyOwnersRetract();
    flows.xmpp().lends(ROMEO);
    replies(BOB, "1", "Who is there?", post);
    assertThat(shown()).hasSize(1);

    flows.receives(BOB.deletes("d1", BOB.post("1")), BOB);
    flows.publish();
    assertThat(shown()).isEmpty();
  }

  @Test
  void withoutLeaveItIsOverwritten() {
    flows.xmpp().letsOnlyOwnersRetract();
    replies(BOB, "1", "Who is there?", post);
    flows.receives(BOB.deletes("d1", BOB.post("1")), BOB);
    flows.publish();

    assertThat(shown()).singleElement().extracting(Room::title).isEqualTo("Deleted");
  }
}
