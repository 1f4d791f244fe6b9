package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.model.Following;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListItemsTest {
  private static final String ADA = Stage.jid("ada");
  private static final String SUBSCRIPTIONS = "urn:xmpp:pps:subscriptions:0";
  private static final String SUBSCRIBERS = "urn:xmpp:pps:subscribers:0/urn:xmpp:microblog:0";
  private static final String MOVIM = "urn:xmpp:pubsub:subscription";

  private final Stage stage = new Stage();

  @BeforeEach
  void people() {
    stage.peers.add("ada", 1);
    for (int i = 0; i < 30; i++) {
      stage.peers.add("p" + i, 0);
    }
  }

  private void adaFollows(String... names) {
    stage.peers.lists("ada", "following", names);
  }

  private Element ask(String node, String set) {
    return Stage.payload(
        stage.get(
            ADA,
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%s'/>%s</pubsub>"
                .formatted(node, set)));
  }

  private static List<Element> items(Element pubsub) {
    return pubsub
        .child("items", Namespaces.PUBSUB)
        .orElseThrow()
        .children("item", Namespaces.PUBSUB);
  }

  private static List<Element> payloads(Element pubsub) {
    return items(pubsub).stream().map(item -> item.elements().getFirst()).toList();
  }

  @Test
  void whomAnActorFollowsIsListedAsSubscriptions() {
    adaFollows("p1");

    assertThat(payloads(ask(SUBSCRIPTIONS, "")))
        .singleElement()
        .satisfies(subscription -> {
          assertThat(subscription.is("subscription", "urn:xmpp:pps:0")).isTrue();
          assertThat(subscription.attributes())
              .containsEntry("node", "urn:xmpp:microblog:0")
              .containsEntry("jid", Stage.jid("p1"))
              .containsEntry("service", Stage.jid("p1"));
        });
  }

  @Test
  void movimReadsItsOwnForm() {
    adaFollows("p1");

    assertThat(payloads(ask(MOVIM, "")))
        .singleElement()
        .satisfies(subscription -> {
          assertThat(subscription.is("subscription", "urn:xmpp:pubsub:subscription:0")).isTrue();
          assertThat(subscription.attributes())
              .containsEntry("node", "urn:xmpp:microblog:0")
              .containsEntry("server", Stage.jid("p1"));
          assertThat(subscription.text()).isEqualTo("Miss p1");
        });
  }

  @Test
  void whoFollowsAnActorIsListedAsSubscribers() {
    stage.peers.lists("ada", "followers", "p2");

    assertThat(payloads(ask(SUBSCRIBERS, "")))
        .singleElement()
        .satisfies(subscriber -> {
          assertThat(subscriber.is("subscriber", "urn:xmpp:pps:0")).isTrue();
          assertThat(subscriber.attribute("jid")).contains(Stage.jid("p2"));
        });
  }

  @Test
  void aListIsWalkedInPagesWithoutThoseWhoAreGone() {
    String[] names = new String[30];
    for (int i = 0; i < names.length; i++) {
      names[i] = "p" + i;
    }
    stage.peers.gone("p7");
    adaFollows(names);
    List<String> seen = new ArrayList<>();
    Element page =
        ask(SUBSCRIPTIONS, "<set xmlns='http://jabber.org/protocol/rsm'><max>7</max></set>");
    while (!items(page).isEmpty()) {
      items(page).forEach(item -> seen.add(item.attributeOr("id", "")));
      String last =
          page.child("set", Namespaces.RSM)
              .flatMap(set -> set.child("last", Namespaces.RSM))
              .orElseThrow()
              .text();
      page =
          ask(
              SUBSCRIPTIONS,
              "<set xmlns='http://jabber.org/protocol/rsm'><max>7</max><after>%s</after></set>"
                  .formatted(last));
    }

    assertThat(seen).hasSize(29).doesNotHaveDuplicates();
    assertThat(seen).doesNotContain(Ids.itemId(FakePeers.id("p7")));
  }

  @ParameterizedTest
  @ValueSource(strings = {SUBSCRIPTIONS, SUBSCRIBERS, MOVIM})
  void aHiddenListIsEmpty(String node) {
    assertThat(items(ask(node, ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "1,true", "false,false", "0,false", "'',false"})
  void aSubscriptionIsPublicWhenItsOptionSaysSo(String option, boolean isPublic) {
    subscribe("", option);

    assertThat(isPublic()).isEqualTo(isPublic);
  }

  @Test
  void aSubscriptionIsPublicWhenAnElementSaysSo() {
    subscribe("<public xmlns='urn:xmpp:pps:0'/>", "");

    assertThat(isPublic()).isTrue();
  }

  private boolean isPublic() {
    Optional<Following> following =
        stage.store.inTransaction(
            session -> session.followings().find(Stage.JULIET.bare(), FakePeers.id("ada")));
    return following.orElseThrow().manner().isPublic();
  }

  @Test
  void anOptionThatIsNoBooleanIsRefused() {
    assertThat(subscribe("", "maybe")).isEqualTo("bad-request invalid-options");
    assertThat(stage.store.<Long>inTransaction(session -> session.deliveries().waiting())).isZero();
  }

  private String subscribe(String inside, String option) {
    String options =
        option.isEmpty()
            ? ""
            : "<options><x xmlns='jabber:x:data' type='submit'><field"
                + " var='{urn:xmpp:pps:0}public'><value>"
                + option
                + "</value></field></x></options>";
    return Stage.words(
        stage.set(
            ADA,
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='urn:xmpp:microblog:0'"
                + " jid='juliet@example.org'>"
                + inside
                + "</subscribe>"
                + options
                + "</pubsub>"));
  }
}
