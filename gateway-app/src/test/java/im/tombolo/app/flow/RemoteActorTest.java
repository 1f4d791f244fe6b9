package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.AVATAR_METADATA;
import static im.tombolo.core.xml.Namespaces.BANNER;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static im.tombolo.core.xml.Namespaces.NICK;
import static im.tombolo.core.xml.Namespaces.VCARD4;
import static im.tombolo.core.xml.Namespaces.VCARD4_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse.Document;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People there change their face, or go. */
class RemoteActorTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final byte[] PIXEL =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietFollowsAda() {
    flows.follows(JULIET, ADA);
  }

  private String updatesItself(String activity) {
    return ADA.says(activity, "Update", ADA.document("<p>not from here</p>", "pem"));
  }

  private Optional<RemoteActor> ada() {
    return flows.ask(session -> session.remoteActors().find(ADA.id()));
  }

  @Test
  void case89_aNewFaceIsReadFromItsServerAndToldToWhoFollows() {
    flows.fediverse().holds(ADA.id(), ADA.document("<p>New</p>", "pem"));

    flows.receives(updatesItself("u"), ADA);

    assertThat(ada().orElseThrow().profile().bio().toPlainText()).isEqualTo("New");
    assertThat(flows.notices())
        .allSatisfy(notice -> assertThat(notice.to()).isEqualTo(JULIET.toString()))
        .extracting(Notice::node)
        .containsExactly(VCARD4_NODE, NICK, AVATAR_METADATA, BANNER);
    assertThat(flows.notices().getFirst().payload().child("note", VCARD4))
        .map(note -> note.text())
        .contains("New");
  }

  @Test
  void aNewPictureIsReadAndTold() {
    URI picture = ADA.on("/ada.png");
    flows.fediverse().shows(picture, "image/png", PIXEL);
    String icon = ",\"icon\":{\"type\":\"Image\",\"url\":\"" + picture + "\"}";
    flows.fediverse().holds(ADA.id(), ADA.document("<p>New</p>", "pem", icon));

    flows.receives(updatesItself("u"), ADA);

    Notice avatar =
        flows.notices().stream()
            .filter(notice -> notice.node().equals(AVATAR_METADATA))
            .findFirst()
            .orElseThrow();
    assertThat(avatar.node()).isEqualTo(AVATAR_METADATA);
    assertThat(avatar.payload().child("info", AVATAR_METADATA))
        .map(info -> info.attributeOr("id", ""))
        .contains(avatar.itemId());
    assertThat(flows.timelines().avatar(ada().orElseThrow()))
        .hasValueSatisfying(kept -> assertThat(kept.sha1()).isEqualTo(avatar.itemId()));
  }

  @Test
  void aNewFaceWaitsWhileItsServerDoesNotAnswer() {
    flows.fediverse().holds(ADA.id(), ADA.document("<p>New</p>", "pem"));
    flows.fediverse().goesDown(ADA.host());
    flows.receives(updatesItself("u"), ADA);
    assertThat(flows.notices()).isEmpty();

    flows.fediverse().goesUp(ADA.host());
    flows.advance(Duration.ofMinutes(2));
    flows.work();

    assertThat(flows.notices()).hasSize(4);
  }

  @Test
  void theNewFaceOfAStrangerIsNotEvenRead() {
    Peer stranger = Peer.of("stranger", "social.example").joins(flows.fediverse());
    flows.fediverse().forgetsQuestions();

    flows.receives(stranger.says("u", "Update", stranger.document("<p>New</p>", "pem")), stranger);

    assertThat(flows.fediverse().asked()).isEmpty();
  }

  private static Stream<Answer<Document>> gone() {
    return Stream.of(new Answer.Gone<>(), new Answer.Missing<>());
  }

  @ParameterizedTest
  @MethodSource("gone")
  void case52_anAccountThatIsGoneEndsAllThatItFollowedAndAllThatFollowedIt(
      Answer<Document> answer) {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", flows.now())), ADA);
    flows.told();
    flows.fediverse().answers(ADA.id(), answer);

    flows.receives(ADA.deletes("d", ADA.id()), ADA);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.kind()).isEqualTo("none");
          assertThat(notice.node()).isEqualTo(MICROBLOG);
          assertThat(notice.to()).isEqualTo(JULIET.toString());
        });
    assertThat(ada()).isEmpty();
    assertThat(flows.subscriptions().subscriptions(JULIET, Optional.empty())).isEmpty();
    assertThat(flows.<Long>ask(session -> session.followers().count(ROMEO))).isZero();
    assertThat(flows.find(session -> session.remotePosts().find(ADA.post("1")))).isEmpty();
  }

  @Test
  void case52_anAccountThatIsStillThereIsNotGone() {
    flows.receives(ADA.deletes("d", ADA.id()), ADA);

    assertThat(ada()).isPresent();
    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void whetherAnAccountIsGoneIsAskedUntilItsServerAnswers() {
    flows.fediverse().goesDown(ADA.host());
    flows.receives(ADA.deletes("d", ADA.id()), ADA);
    assertThat(ada()).isPresent();

    flows.fediverse().goesUp(ADA.host());
    flows.fediverse().answers(ADA.id(), new Answer.Gone<>());
    flows.advance(Duration.ofMinutes(2));
    flows.work();

    assertThat(ada()).isEmpty();
  }

  @Test
  void theEndOfAStrangerIsNotEvenLookedAt() {
    Peer stranger = Peer.of("stranger", "social.example").joins(flows.fediverse());
    flows.fediverse().forgetsQuestions();

    flows.receives(stranger.deletes("d", stranger.id()), stranger);

    assertThat(flows.fediverse().asked()).isEmpty();
  }
}
