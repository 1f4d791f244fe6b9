package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.DirectMessage.Part;
import im.tombolo.core.model.DirectMessage.Peer;
import im.tombolo.core.model.DirectMessage.Place;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Outgoing;
import im.tombolo.core.port.Messages;
import im.tombolo.core.port.Messages.Waiting;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Direct messages, and who waits for their end. */
class MessageStorageTest extends OnStorage {
  private static final URI INBOX = URI.create("https://social.example/inbox");
  private static final URI OTHER_INBOX = URI.create("https://other.example/inbox");

  private static DirectMessage message(String owner, String name, URI peer, String... stanzas) {
    return new DirectMessage(
        Jid.of(owner + "@example.org"),
        id(name),
        peer,
        new Peer(peer, ADA_JID),
        Set.of(URI.create("https://example.org/" + owner)),
        new Place("thread of " + owner, id("context-" + owner), Optional.empty()),
        new Dates(NOW, NOW),
        "digest",
        List.of(stanzas).stream().map(id -> new Part(id, Optional.empty())).toList(),
        false);
  }

  private static void save(DirectMessage message) {
    act(session -> session.messages().save(message));
  }

  // AssertJ has an assertThat for each kind of answer, which ask() leaves open.
  private static <T> Optional<T> found(Function<Messages, Optional<T>> question) {
    return ask(session -> question.apply(session.messages()));
  }

  private static <T> List<T> all(Function<Messages, List<T>> question) {
    return ask(session -> question.apply(session.messages()));
  }

  private static long count(Jid owner) {
    return ask(session -> session.messages().count(owner, ADA, NOW));
  }

  private static boolean isKept(String activityKey) {
    return ask(session -> session.activities().find(activityKey).isPresent());
  }

  @Test
  void aMessageIsFoundByAllThatNamesIt() {
    DirectMessage first = message("benvolio", "m1", ADA, "a", "b");
    DirectMessage last = message("benvolio", "m2", ADA, "a2");
    save(first);
    save(last);

    Jid owner = first.owner();
    assertThat(found(messages -> messages.find(owner, id("m1")))).contains(first);
    assertThat(found(messages -> messages.named(owner, ADA, "b"))).contains(first);
    assertThat(found(messages -> messages.named(owner, BOB, "b"))).isEmpty();
    assertThat(found(messages -> messages.named(ROMEO, ADA, "b"))).isEmpty();
    assertThat(found(messages -> messages.lastOfThread(owner, "thread of benvolio", Set.of(ADA))))
        .contains(last);
    assertThat(
            found(messages -> messages.lastOfThread(owner, "thread of benvolio", Set.of(ADA, BOB))))
        .as("said to one of them")
        .isEmpty();
    assertThat(found(messages -> messages.lastOfContext(owner, id("context-benvolio"))))
        .contains(last);
    assertThat(found(messages -> messages.lastOfCircle(owner, last.circle(), NOW))).contains(last);
    assertThat(found(messages -> messages.lastOfCircle(owner, last.circle(), NOW.plusSeconds(1))))
        .isEmpty();
    assertThat(found(messages -> messages.spelling(owner, ADA))).contains(ADA_JID);
    assertThat(count(owner)).isEqualTo(2);
    assertThat(all(messages -> messages.ofOwner(owner, 1))).hasSize(1);
  }

  @Test
  void aMessageToTwoIsKeptTwice() {
    save(message("sampson", "m3", ADA, "s"));
    save(message("gregory", "m3", ADA, "g"));

    assertThat(all(messages -> messages.copies(id("m3"))))
        .extracting(message -> message.owner().local())
        .containsExactly("gregory", "sampson");
  }

  @Test
  void aLaterStateTakesThePlaceOfTheFirst() {
    DirectMessage before = message("abraham", "m4", ADA, "a");
    save(before);
    DirectMessage gone = before.retracted();
    save(gone);

    assertThat(all(messages -> messages.copies(id("m4")))).containsExactly(gone);
    assertThat(found(messages -> messages.named(before.owner(), ADA, "a"))).contains(gone);
    assertThat(
            found(messages ->
                messages.lastOfThread(before.owner(), "thread of abraham", Set.of(ADA))))
        .as("nobody answers it")
        .isEmpty();
  }

  private static List<Waiting> ended(URI inbox) {
    return ended("k1", inbox);
  }

  private static List<Waiting> ended(String key, URI inbox) {
    Delivery delivery =
        new Delivery(1, "host", inbox, 0, Instant.EPOCH, new Outgoing(key, ROMEO, new byte[0]));
    return all(messages -> messages.ended(List.of(delivery)));
  }

  @Test
  void anActivityIsForgottenWhenItsLastDeliveryEnds() {
    Jid romeo = ROMEO.withResource("orchard");
    Waiting one = new Waiting("k1", INBOX, romeo, ADA_JID, "m", true);
    Waiting other = new Waiting("k1", OTHER_INBOX, romeo, Jid.of("bob@ap.example.org"), "m", false);
    act(session -> {
      session.activities().add(new Sent("k1", ROMEO, false, "{}"));
      session.deliveries().add("k1", INBOX);
      session.messages().await(one);
      session.messages().await(one);
      session.messages().await(other);
    });

    assertThat(ended(INBOX)).containsExactly(one);
    assertThat(ended(INBOX)).isEmpty();
    assertThat(isKept("k1")).isTrue();
    assertThat(ended(OTHER_INBOX)).containsExactly(other);
    assertThat(isKept("k1")).isFalse();
  }

  @Test
  void whatNobodyWaitsForStays() {
    act(session -> session.activities().add(new Sent("k2", ROMEO, true, "{}")));

    assertThat(ended("k2", INBOX)).isEmpty();
    assertThat(isKept("k2")).isTrue();
  }

  @Test
  void whoLeavesTakesTheirMessagesAlong() {
    save(message("potpan", "m5", ADA, "p"));
    save(message("peter", "m6", BOB, "p"));
    act(session -> session.accounts().remove(Jid.of("potpan@example.org")));
    act(session -> session.remoteActors().remove(BOB));

    assertThat(all(messages -> messages.copies(id("m5")))).isEmpty();
    assertThat(all(messages -> messages.copies(id("m6")))).isEmpty();
  }
}
