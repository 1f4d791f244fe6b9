package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PubsubRequestsTest {
  private static final String ADA = Stage.jid("ada");
  private static final Jid JULIET = Stage.JULIET.bare();
  private static final String SUBSCRIBE =
      "<subscribe node='urn:xmpp:microblog:0' jid='juliet@example.org'/>";
  private static final String UNSUBSCRIBE =
      "<unsubscribe node='urn:xmpp:microblog:0' jid='juliet@example.org'/>";

  private final Stage stage = new Stage();

  @BeforeEach
  void ada() {
    stage.peers.add("ada", 1);
  }

  private static String pubsub(String content) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + content + "</pubsub>";
  }

  private static String subscription(String state) {
    return "<subscription node='urn:xmpp:microblog:0' jid='juliet@example.org' subscription='"
        + state
        + "'/>";
  }

  private String set(String content) {
    return Stage.words(stage.set(ADA, pubsub(content)));
  }

  private String get(String content) {
    return Stage.words(stage.get(ADA, pubsub(content)));
  }

  private long waitingDeliveries() {
    return stage.store.inTransaction(session -> session.deliveries().waiting());
  }

  private Optional<Following> following() {
    return stage.store.inTransaction(
        session -> session.followings().find(JULIET, FakePeers.id("ada")));
  }

  private void accept() {
    stage.store.inTransaction(session -> {
      session.followings().save(following().orElseThrow().accepted());
      return true;
    });
  }

  @Test
  void aSubscriptionIsPendingUntilItIsAccepted() {
    assertThat(set(SUBSCRIBE)).isEqualTo(pubsub(subscription("pending")));
    assertThat(set(SUBSCRIBE)).isEqualTo(pubsub(subscription("pending")));

    accept();

    assertThat(set(SUBSCRIBE)).isEqualTo(pubsub(subscription("subscribed")));
  }

  @Test
  void aSubscriptionIsAFollowThatIsSentOnce() {
    set(SUBSCRIBE);
    set(SUBSCRIBE);

    assertThat(waitingDeliveries()).isEqualTo(1);
    assertThat(following().orElseThrow().state()).isEqualTo(FollowState.PENDING);
  }

  @Test
  void aFullJidSubscribesThePersonBehindIt() {
    assertThat(set("<subscribe node='urn:xmpp:microblog:0' jid='Juliet@Example.org/chamber'/>"))
        .isEqualTo(pubsub(subscription("pending")));
  }

  @Test
  void optionsBesideASubscriptionDoNoHarm() {
    assertThat(set(SUBSCRIBE + "<options><x xmlns='jabber:x:data' type='submit'/></options>"))
        .isEqualTo(pubsub(subscription("pending")));
  }

  @Test
  void anUnsubscriptionEndsTheFollow() {
    set(SUBSCRIBE);

    assertThat(set(UNSUBSCRIBE)).isEqualTo("done");

    assertThat(following()).isEmpty();
    assertThat(waitingDeliveries()).isEqualTo(2);
    assertThat(set(UNSUBSCRIBE)).isEqualTo("unexpected-request not-subscribed");
  }

  @Test
  void anUnsubscriptionIsPossibleWhileThePeerIsDown() {
    set(SUBSCRIBE);
    stage.peers.silent("ada");

    assertThat(set(UNSUBSCRIBE)).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada\\40social.example@ap.example.org",
        "ADA\\40Social.Example@AP.example.org",
        "ada%social.example@ap.example.org",
        "ada%40social.example@ap.example.org",
        "ada%5C40social.example@ap.example.org"
      })
  void everySpellingOfAJidIsTheSameSubscription(String spelling) {
    set(SUBSCRIBE);

    assertThat(Stage.words(stage.set(spelling, pubsub(SUBSCRIBE))))
        .isEqualTo(pubsub(subscription("pending")));
    assertThat(waitingDeliveries()).isEqualTo(1);
    assertThat(Stage.words(stage.get(spelling, pubsub("<subscriptions/>"))))
        .isEqualTo(pubsub("<subscriptions>" + subscription("pending") + "</subscriptions>"));
    assertThat(Stage.words(stage.set(spelling, pubsub(UNSUBSCRIBE)))).isEqualTo("done");
  }

  @Test
  void eventsComeFromTheSpellingThatWasUsedLast() {
    set(SUBSCRIBE);

    stage.set("ada%social.example@ap.example.org", pubsub(SUBSCRIBE));

    assertThat(following().orElseThrow().addressed())
        .isEqualTo(Jid.of("ada%social.example@ap.example.org"));
  }

  @Test
  void subscriptionsAreOfTheOneWhoAsks() {
    assertThat(get("<subscriptions/>")).isEqualTo(pubsub("<subscriptions/>"));
    set(SUBSCRIBE);
    accept();

    assertThat(get("<subscriptions node='urn:xmpp:microblog:0'/>"))
        .isEqualTo(
            pubsub(
                "<subscriptions node='urn:xmpp:microblog:0'>"
                    + subscription("subscribed")
                    + "</subscriptions>"));
    assertThat(get("<subscriptions node='urn:xmpp:vcard4'/>"))
        .isEqualTo(pubsub("<subscriptions node='urn:xmpp:vcard4'/>"));
    assertThat(
            Stage.words(
                stage.ask(Jid.of("romeo@example.org/x"), ADA, false, pubsub("<subscriptions/>"))))
        .isEqualTo(pubsub("<subscriptions/>"));
  }

  @Test
  void nobodyHasAnAffiliation() {
    assertThat(get("<affiliations><affiliation node='x' affiliation='owner'/></affiliations>"))
        .isEqualTo(pubsub("<affiliations/>"));
    assertThat(get("<affiliations node='urn:xmpp:microblog:0'/>"))
        .isEqualTo(pubsub("<affiliations node='urn:xmpp:microblog:0'/>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <subscribe node='urn:xmpp:microblog:0' jid='romeo@example.org'/>   | bad-request invalid-jid
          <subscribe node='urn:xmpp:microblog:0' jid='@@'/>                  | bad-request invalid-jid
          <subscribe node='urn:xmpp:microblog:0'/>                           | bad-request invalid-jid
          <subscribe jid='juliet@example.org'/>                              | bad-request nodeid-required
          <subscribe node='no-such' jid='juliet@example.org'/>               | item-not-found
          <subscribe node='urn:xmpp:vcard4' jid='juliet@example.org'/>       | feature-not-implemented unsupported subscribe
          <unsubscribe node='urn:xmpp:microblog:0' jid='romeo@example.org'/> | bad-request invalid-jid
          <unsubscribe node='urn:xmpp:microblog:0' jid='juliet@example.org'/> | unexpected-request not-subscribed
          <unsubscribe node='no-such' jid='juliet@example.org'/>             | item-not-found
          <options node='urn:xmpp:microblog:0' jid='juliet@example.org'/>    | unexpected-request not-subscribed
          <publish node='urn:xmpp:microblog:0'><item id='x'/></publish>      | forbidden
          <retract node='urn:xmpp:microblog:0'><item id='x'/></retract>      | forbidden
          <create node='new'/>                                               | feature-not-implemented unsupported create-nodes
          <wish/>                                                            | bad-request
          <items node='urn:xmpp:microblog:0'/>                               | bad-request
          <set xmlns='http://jabber.org/protocol/rsm'/>                      | bad-request
          """)
  void aChangeThatIsNotPossibleIsRefused(String content, String expected) {
    assertThat(set(content)).isEqualTo(expected);
    assertThat(following()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <items/>                                                         | bad-request nodeid-required
          <items node='no-such'/>                                          | item-not-found
          <options node='urn:xmpp:microblog:0' jid='juliet@example.org'/>  | unexpected-request not-subscribed
          <wish/>                                                          | bad-request
          <subscribe node='urn:xmpp:microblog:0' jid='juliet@example.org'/> | bad-request
          """)
  void aQuestionThatHasNoAnswerIsRefused(String content, String expected) {
    assertThat(get(content)).isEqualTo(expected);
  }

  @Test
  void anEmptyRequestIsABadOne() {
    assertThat(get("")).isEqualTo("bad-request");
    assertThat(set("")).isEqualTo("bad-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<configure node='urn:xmpp:microblog:0'/>",
        "<subscriptions node='urn:xmpp:microblog:0'/>",
        "<affiliations node='urn:xmpp:microblog:0'/>",
        "<delete node='urn:xmpp:microblog:0'/>",
        "<purge node='urn:xmpp:microblog:0'/>"
      })
  void nobodyHereOwnsANodeOfThere(String content) {
    String owner =
        "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>" + content + "</pubsub>";

    assertThat(
            List.of(
                Stage.words(stage.get(ADA, owner)),
                Stage.words(stage.set(ADA, owner)),
                Stage.words(stage.set("ap.example.org", owner))))
        .containsOnly("forbidden");
  }

  @Test
  void whoIsNotServedHereCannotSubscribe() {
    assertThat(
            Stage.words(
                stage.ask(
                    Jid.of("eve@evil.example/x"),
                    ADA,
                    true,
                    pubsub("<subscribe node='urn:xmpp:microblog:0' jid='eve@evil.example'/>"))))
        .isEqualTo("forbidden");
    assertThat(waitingDeliveries()).isZero();
  }

  @Test
  void whoIsNotThereCannotBeSubscribedTo() {
    stage.peers.silent("carl");

    assertThat(Stage.words(stage.set(Stage.jid("nobody"), pubsub(SUBSCRIBE))))
        .isEqualTo("item-not-found");
    assertThat(Stage.words(stage.set("plain@ap.example.org", pubsub(SUBSCRIBE))))
        .isEqualTo("item-not-found");
    assertThat(Stage.words(stage.set(Stage.jid("carl"), pubsub(SUBSCRIBE))))
        .isEqualTo("remote-server-timeout");
  }

  @Test
  void theGatewayItselfHasNoNodes() {
    assertThat(
            Stage.words(
                stage.get("ap.example.org", pubsub("<items node='urn:xmpp:microblog:0'/>"))))
        .isEqualTo("item-not-found");
    assertThat(Stage.words(stage.set("ap.example.org", pubsub(SUBSCRIBE))))
        .isEqualTo("item-not-found");
  }
}
