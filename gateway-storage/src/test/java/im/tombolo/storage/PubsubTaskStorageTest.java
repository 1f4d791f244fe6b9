package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.port.Polls;
import im.tombolo.core.port.PubsubTasks.Task;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is to be done in nodes of the XMPP network, and votes that are counted. */
class PubsubTaskStorageTest extends OnStorage {
  private static Element payload(String text) {
    return Element.of("entry", Namespaces.ATOM).child("title", text).build();
  }

  private static List<Task> claim(Instant now) {
    return ask(session -> session.pubsubTasks().claim(now, now.plusSeconds(60), 9));
  }

  @Test
  void theNewestWishForAnItemCounts() {
    ItemAddress item = new ItemAddress(ROMEO, "tasks", "1");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("one"))));
    Task first = claim(NOW).getFirst();
    assertThat(first.payload().map(Element::text)).contains("one");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.empty()));
    assertThat(claim(NOW)).isEmpty();

    act(session -> session.pubsubTasks().done(first));
    Task second = claim(NOW).getFirst();
    assertThat(second.payload()).isEmpty();
    act(session -> session.pubsubTasks().retry(second, NOW.plusSeconds(5), "down"));
    assertThat(claim(NOW)).isEmpty();
    Task third = claim(NOW.plusSeconds(5)).getFirst();
    assertThat(third.attempts()).isOne();
    act(session -> session.pubsubTasks().done(third));
    assertThat(ask(session -> session.pubsubTasks().waiting()).longValue()).isZero();
  }

  @Test
  void tasksOfOneNodeKeepTheirOrder() {
    act(session -> {
      for (String id : List.of("1", "2")) {
        session
            .pubsubTasks()
            .add(new ItemAddress(ROMEO, "ordered", id), ADA_JID, Optional.of(payload(id)));
      }
    });
    List<Task> first = claim(NOW);
    assertThat(first).extracting(task -> task.item().id()).containsExactly("1");
    act(session -> session.pubsubTasks().done(first.getFirst()));
    List<Task> second = claim(NOW);
    assertThat(second).extracting(task -> task.item().id()).containsExactly("2");
    act(session -> session.pubsubTasks().done(second.getFirst()));
  }

  @Test
  void nodesDoNotWaitForEachOther() {
    act(session -> {
      for (String node : List.of("left", "right")) {
        session
            .pubsubTasks()
            .add(new ItemAddress(ROMEO, node, "1"), ADA_JID, Optional.of(payload(node)));
      }
    });
    List<Task> both = claim(NOW);
    assertThat(both).extracting(task -> task.item().node()).containsExactly("left", "right");
    act(session -> both.forEach(session.pubsubTasks()::done));
  }

  @Test
  void whatIsNotDoneInItsTimeIsHandedOutAgain() {
    ItemAddress item = new ItemAddress(ROMEO, "lease", "1");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("one"))));
    Task lost = claim(NOW).getFirst();
    assertThat(claim(NOW.plusSeconds(59))).isEmpty();
    assertThat(claim(NOW.plusSeconds(60))).containsExactly(lost);
    act(session -> session.pubsubTasks().done(lost));
  }

  @Test
  void aNewerWishDoesNotWaitForTheRetryOfTheOlder() {
    ItemAddress item = new ItemAddress(ROMEO, "newer", "1");
    act(session -> session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("one"))));
    Task older = claim(NOW).getFirst();
    act(session -> {
      session.pubsubTasks().add(item, ADA_JID, Optional.of(payload("two")));
      session.pubsubTasks().retry(older, NOW.plusSeconds(900), "down");
    });
    Task newer = claim(NOW).getFirst();
    assertThat(newer.payload().map(Element::text)).contains("two");
    assertThat(newer.version()).isGreaterThan(older.version());
    act(session -> session.pubsubTasks().done(newer));
  }

  @Test
  void aWishThatIsReplacedKeepsItsPlace() {
    ItemAddress first = new ItemAddress(ROMEO, "place", "1");
    ItemAddress second = new ItemAddress(ROMEO, "place", "2");
    act(session -> {
      session.pubsubTasks().add(first, ADA_JID, Optional.of(payload("one")));
      session.pubsubTasks().add(second, ADA_JID, Optional.of(payload("two")));
      session.pubsubTasks().add(first, ADA_JID, Optional.empty());
    });
    Task retraction = claim(NOW).getFirst();
    assertThat(retraction.item()).isEqualTo(first);
    assertThat(retraction.payload()).isEmpty();
    act(session -> session.pubsubTasks().done(retraction));
    Task publication = claim(NOW).getFirst();
    assertThat(publication.item()).isEqualTo(second);
    act(session -> session.pubsubTasks().done(publication));
  }

  @Test
  void votesAreCountedOnce() {
    URI single = id("poll1");
    URI multiple = id("poll2");
    act(session -> {
      session.polls().add(new Polls.Poll(single, ROMEO, "k1", NOW.plusSeconds(60)));
      session.polls().add(new Polls.Poll(multiple, ROMEO, "k2", NOW.plusSeconds(90)));
    });
    assertThat(vote(single, ADA, "Yes", false)).isTrue();
    assertThat(vote(single, ADA, "No", false)).isFalse();
    assertThat(vote(multiple, ADA, "Yes", true)).isTrue();
    assertThat(vote(multiple, ADA, "No", true)).isTrue();
    assertThat(vote(multiple, ADA, "No", true)).isFalse();
    Map<String, Long> counts = ask(session -> session.polls().counts(multiple));
    assertThat(counts).isEqualTo(Map.of("Yes", 1L, "No", 1L));
    assertThat(ask(session -> session.polls().voters(multiple)).longValue()).isOne();

    assertThat(due(NOW)).containsExactly(single, multiple);
    act(session -> session.polls().told(single, NOW, false));
    act(session -> session.polls().told(multiple, NOW, false));
    assertThat(due(NOW)).isEmpty();
    assertThat(due(NOW.plusSeconds(60))).containsExactly(single);
    act(session -> session.polls().told(single, NOW, true));
    assertThat(due(NOW.plusSeconds(60))).isEmpty();
  }

  private static boolean vote(URI poll, URI voter, String option, boolean multiple) {
    return ask(session -> session.polls().vote(poll, voter, option, multiple));
  }

  private static List<URI> due(Instant now) {
    return ask(session -> session.polls().due(now, now, 9)).stream()
        .map(Polls.Poll::question)
        .toList();
  }
}
