package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticesTest {
  private static Following following(String subscriber, String actor) {
    return new Following(
        Jid.of(subscriber),
        URI.create("https://social.example/" + actor),
        Jid.of(actor + "%social.example@ap.example.org"),
        URI.create("https://example.org/activities/f"),
        FollowState.ACCEPTED);
  }

  @Test
  void aNoticeGoesFromTheAddressThatWasWrittenTo() {
    Envelope envelope = Notices.envelope(following("juliet@example.org", "ada"), "item", "n", "1");

    assertThat(envelope.from()).hasToString("ada%social.example@ap.example.org");
    assertThat(envelope.to()).hasToString("juliet@example.org");
  }

  @Test
  void theSameNoticeHasTheSameIdForEverybody() {
    assertThat(Notices.envelope(following("juliet@example.org", "ada"), "item", "n", "1").id())
        .isEqualTo(Notices.envelope(following("romeo@example.org", "ada"), "item", "n", "1").id());
  }

  @ParameterizedTest
  @CsvSource({"bob, item, n, 1", "ada, retract, n, 1", "ada, item, m, 1", "ada, item, n, 2"})
  void anotherNoticeHasAnotherId(String actor, String kind, String node, String version) {
    assertThat(Notices.envelope(following("juliet@example.org", actor), kind, node, version).id())
        .isNotEqualTo(
            Notices.envelope(following("juliet@example.org", "ada"), "item", "n", "1").id());
  }
}
