package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.PublicLists;
import im.tombolo.core.bridge.ConnectionBridge;
import im.tombolo.core.bridge.ConnectionBridge.Person;
import im.tombolo.core.bridge.ConnectionBridge.Side;
import im.tombolo.core.bridge.SubscribeWay;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know who follows whom. */
class PublicSubscriptionTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid ADA_HERE = Jid.of("ada\\40social.example@ap.example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "social.example");
  private static final String COLLECTION = "\"type\":\"OrderedCollection\"";

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    BOB.joins(flows.fediverse());
    ADA.joins(flows.fediverse());
    flows
        .fediverse()
        .holds(
            ADA.id(), ADA.document("Hi", "pem", ",\"following\":\"" + ADA.id() + "/following\""));
  }

  private List<URI> shown() {
    return flows.ask(session -> session.followings().publicOf(JULIET, Optional.empty(), 100));
  }

  private void follows(SubscribeWay way) {
    flows.subscriptions().subscribe(ADA_HERE, JULIET, way);
    flows.receives(ADA.accept("accepts", flows.followId(JULIET, ADA)), ADA);
  }

  private RemoteActor ada() {
    return flows.directory().byHandle(ADA.handle()).value().orElseThrow();
  }

  private Answer<List<URI>> list(Side side) {
    return flows.connections().list(ada(), side);
  }

  private URI tells(Side side, String... ids) {
    URI place = ADA.on("/users/ada/" + (side == Side.FOLLOWING ? "following" : "followers"));
    String items = Stream.of(ids).map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    flows.fediverse().holds(place, "{" + COLLECTION + ",\"orderedItems\":[" + items + "]}");
    return place;
  }

  @Test
  void aPublicSubscriptionIsShownOnceItIsAccepted() {
    flows.subscriptions().subscribe(ADA_HERE, JULIET, SubscribeWay.PUBLICLY);
    assertThat(shown()).isEmpty();

    flows.receives(ADA.accept("accepts", flows.followId(JULIET, ADA)), ADA);

    assertThat(shown()).containsExactly(ADA.id());
    assertThat(flows.<Long>ask(session -> session.followings().countPublic(JULIET))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUIETLY", "BY_PRESENCE"})
  void anotherIsShownToNobody(SubscribeWay way) {
    follows(way);

    assertThat(shown()).isEmpty();
    assertThat(flows.<Long>ask(session -> session.followings().countPublic(JULIET))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "QUIETLY,PUBLICLY,true",
    "PUBLICLY,QUIETLY,false",
    "PUBLICLY,BY_PRESENCE,true",
    "BY_PRESENCE,PUBLICLY,true"
  })
  void theLastWordOfPubsubCounts(SubscribeWay first, SubscribeWay second, boolean isShown) {
    follows(first);

    flows.subscriptions().subscribe(ADA_HERE, JULIET, second);

    assertThat(shown().contains(ADA.id())).isEqualTo(isShown);
  }

  private static Element entry(String node, NodeAddress what) {
    return node.equals(Namespaces.MOVIM_SUBSCRIPTIONS)
        ? PublicLists.movimSubscription(what, "Ada")
        : PublicLists.subscription(what);
  }

  private void lists(String node, NodeAddress what) {
    flows.xmpp().opens(JULIET, node);
    flows.xmpp().holds(JULIET, node, new Item("1", Optional.of(entry(node, what))));
  }

  @ParameterizedTest
  @ValueSource(strings = {Namespaces.PPS_SUBSCRIPTIONS, Namespaces.MOVIM_SUBSCRIPTIONS})
  void whatSomebodyListsThemselvesIsShownAsLongAsItCanBeRead(String node) {
    flows.compare();
    follows(SubscribeWay.QUIETLY);
    lists(node, new NodeAddress(ADA_HERE, Namespaces.MICROBLOG));
    flows.compare();
    assertThat(shown()).containsExactly(ADA.id());

    flows.xmpp().closes(JULIET, node);
    flows.advance(Duration.ofDays(2));
    flows.compare();

    assertThat(shown()).isEmpty();
  }

  @Test
  void whileAServerIsSilentNothingIsShownOrHidden() {
    follows(SubscribeWay.QUIETLY);
    lists(Namespaces.PPS_SUBSCRIPTIONS, new NodeAddress(ADA_HERE, Namespaces.MICROBLOG));
    flows.compare();
    flows.xmpp().isSilent(JULIET);
    flows.advance(Duration.ofDays(2));

    flows.reconciler().runDue();

    assertThat(shown()).containsExactly(ADA.id());
  }

  @Test
  void whoListsAnotherNodeOrSomebodyElseShowsNothing() {
    follows(SubscribeWay.QUIETLY);
    lists(Namespaces.PPS_SUBSCRIPTIONS, new NodeAddress(ADA_HERE, "other"));
    lists(
        Namespaces.MOVIM_SUBSCRIPTIONS, new NodeAddress(flows.virtual(BOB), Namespaces.MICROBLOG));
    flows.compare();

    assertThat(shown()).isEmpty();
  }

  @Test
  void whomAnActorFollowsIsReadFromTheirServer() {
    tells(Side.FOLLOWING, BOB.id().toString());

    assertThat(list(Side.FOLLOWING)).isEqualTo(Answer.got(List.of(BOB.id())));
    flows.connections().meet(List.of(BOB.id()));
    assertThat(flows.connections().person(BOB.id()))
        .contains(
            new Person(
                flows.virtual(BOB),
                new NodeAddress(flows.virtual(BOB), Namespaces.MICROBLOG),
                "bob the first"));
  }

  @Test
  void aListIsReadOnceInFiveMinutes() {
    tells(Side.FOLLOWING, BOB.id().toString());
    list(Side.FOLLOWING);
    tells(Side.FOLLOWING);
    assertThat(list(Side.FOLLOWING)).isEqualTo(Answer.got(List.of(BOB.id())));

    flows.advance(Duration.ofMinutes(6));

    assertThat(list(Side.FOLLOWING)).isEqualTo(Answer.got(List.of()));
  }

  @Test
  void aHiddenListIsEmpty() {
    assertThat(list(Side.FOLLOWING)).isEqualTo(Answer.got(List.of()));
  }

  @Test
  void aServerThatDoesNotAnswerIsToldOf() {
    RemoteActor ada = ada();
    flows.fediverse().goesDown(ADA.host());

    assertThat(flows.connections().list(ada, Side.FOLLOWING))
        .isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void aLongListIsReadToItsLimits() {
    URI place = tells(Side.FOLLOWING);
    flows.fediverse().holds(place, "{" + COLLECTION + ",\"first\":\"" + place + "?page=0\"}");
    for (int page = 0; page < 30; page++) {
      int start = page * 10;
      String ids =
          IntStream.range(start, start + 10)
              .mapToObj(i -> "\"https://far.example/" + i + "\"")
              .collect(Collectors.joining(","));
      flows
          .fediverse()
          .holds(
              URI.create(place + "?page=" + page),
              "{\"type\":\"OrderedCollectionPage\",\"orderedItems\":[%s],\"next\":\"%s?page=%d\"}"
                  .formatted(ids, place, page + 1));
    }
    flows.fediverse().forgetsQuestions();

    assertThat(list(Side.FOLLOWING).value().orElseThrow()).hasSize(90);
    assertThat(flows.fediverse().asked().stream().filter(asked -> asked.contains("following")))
        .hasSize(10);
  }

  @Test
  void aPageOnAnotherServerIsNotAskedFor() {
    URI place = tells(Side.FOLLOWING);
    flows
        .fediverse()
        .holds(place, "{" + COLLECTION + ",\"first\":\"https://victim.example/page\"}");

    assertThat(list(Side.FOLLOWING)).isEqualTo(Answer.got(List.of()));
    assertThat(flows.fediverse().asked()).noneMatch(asked -> asked.contains("victim"));
  }

  @Test
  void ofFollowersHereOnlyPublicOnesAreListed() {
    follows(SubscribeWay.QUIETLY);
    URI juliet = flows.urls().actor(JULIET);
    tells(Side.FOLLOWERS, juliet.toString(), BOB.id().toString());
    assertThat(list(Side.FOLLOWERS)).isEqualTo(Answer.got(List.of(BOB.id())));

    flows.subscriptions().subscribe(ADA_HERE, JULIET, SubscribeWay.PUBLICLY);

    assertThat(list(Side.FOLLOWERS)).isEqualTo(Answer.got(List.of(juliet, BOB.id())));
    assertThat(flows.connections().person(juliet)).map(Person::jid).contains(JULIET);
  }

  @Test
  void noMoreThanOnePageOfPeopleIsLookedUp() {
    List<URI> many =
        IntStream.range(0, 100).mapToObj(i -> URI.create("https://far.example/" + i)).toList();

    flows.connections().meet(many);

    assertThat(flows.fediverse().asked()).hasSize(ConnectionBridge.MAX_PEOPLE);
  }
}
