package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Boosts: one's followers see somebody's post, in both directions. */
class RepeatTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void romeoHasABlogAndJulietFollowsAda() {
    BOB.joins(flows.fediverse());
    flows.fediverse().holds(BOB.post("1"), BOB.note("1", "Hello", flows.now()));
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.follows(JULIET, ADA);
    flows.advance(Duration.ofMinutes(1));
  }

  private String link(Element entry, String rel, String attribute) {
    return entry.children("link", ATOM).stream()
        .filter(link -> link.attributeOr("rel", "").equals(rel))
        .map(link -> link.attributeOr(attribute, ""))
        .findFirst()
        .orElse("");
  }

  private void adaBoosts(URI post) {
    flows.receives(ADA.announces("a", post, flows.now()), ADA);
  }

  @Test
  void aBoostStandsInTheBoostersBlogWithItsAuthorsName() {
    adaBoosts(BOB.post("1"));

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.from()).isEqualTo(flows.virtual(ADA).toString());
          assertThat(notice.to()).isEqualTo(JULIET.toString());
          assertThat(notice.title()).isEqualTo("Hello");
          assertThat(notice.itemId()).isEqualTo(Ids.itemId(ADA.activity("a")));
          Element author = notice.payload().child("author", ATOM).orElseThrow();
          assertThat(author.child("uri", ATOM).orElseThrow().text())
              .isEqualTo("xmpp:" + flows.virtual(BOB));
          String original =
              new ItemAddress(flows.virtual(BOB), MICROBLOG, Ids.itemId(BOB.post("1"))).uri();
          assertThat(link(notice.payload(), "via", "href")).isEqualTo(original);
          assertThat(link(notice.payload(), "via", "ref")).isEqualTo(BOB.post("1").toString());
          assertThat(link(notice.payload(), "replies", "href")).contains("bob%5C40other.example");
        });
  }

  @Test
  void case24_whatTheBoosterSaysOfThePostDoesNotCount() {
    flows.receives(
        ADA.says("a", "Announce", BOB.note("1", "Never said", flows.now()))
            .replace("}}", "}," + Peer.TO_ALL + "}"),
        ADA);

    assertThat(flows.notices()).extracting(Notice::title).doesNotContain("Never said");
  }

  @Test
  void case62_aBoostOfAPostThatIsNotForEverybodyShowsNothing() {
    flows
        .fediverse()
        .holds(
            BOB.post("2"), BOB.note("2", "Psst", flows.now(), Optional.empty(), BOB.toFollowers()));
    adaBoosts(BOB.post("2"));

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void aBoostBySomebodyWhomNobodyFollowsIsForgotten() {
    flows.receives(BOB.announces("b", ADA.post("1"), flows.now()), BOB);

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void aBoostThatIsUndoneIsTakenAway() {
    adaBoosts(BOB.post("1"));
    flows.told();
    flows.receives(ADA.undoAnnounce("u", "a", BOB.post("1")), ADA);

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("retract");
  }

  @Test
  void aBoostIsUndoneByItsIdAlone() {
    adaBoosts(BOB.post("1"));
    flows.told();
    flows.receives(ADA.says("u", "Undo", "\"" + ADA.activity("a") + "\""), ADA);

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("retract");
  }

  @Test
  void aBoostThatWasUndoneDoesNotComeBack() {
    adaBoosts(BOB.post("1"));
    flows.receives(ADA.undoAnnounce("u", "a", BOB.post("1")), ADA);
    flows.told();
    // The inbox forgets what it has done after a while; the grave stays.
    flows.advance(Duration.ofDays(31));
    flows.inbox().forgetOld();
    adaBoosts(BOB.post("1"));

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void whenThePostGoesItsBoostsGo() {
    adaBoosts(BOB.post("1"));
    flows.told();
    flows.receives(BOB.deletes("d", BOB.post("1")), BOB);

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("retract");
  }

  @Test
  void anEditOfThePostShowsInItsBoosts() {
    adaBoosts(BOB.post("1"));
    flows.advance(Duration.ofMinutes(5));
    String edited =
        BOB.note(
            "1", "Hello!", flows.now().minusSeconds(400), Optional.of(flows.now()), Peer.TO_ALL);
    flows.receives(BOB.updates("u", edited), BOB);

    assertThat(
            flows
                .find(session -> session.remotePosts().find(ADA.activity("a")))
                .map(kept -> kept.post().content().body().toPlainText()))
        .contains("Hello!");
  }

  @Test
  void whoseXmppPostIsBoostedIsTold() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    URI post = URI.create(flows.sent().getLast().text("/object/id"));
    flows.receives(BOB.announces("b", post, flows.now()), BOB);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.from()).isEqualTo(flows.virtual(BOB).toString());
          assertThat(notice.to()).isEqualTo(ROMEO.toString());
          assertThat(notice.message().elements().getFirst().text()).contains("Soft");
        });
  }

  @Test
  void aBoostOfAnXmppPostStandsInTheBoostersBlogUntilThePostGoes() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    URI post = URI.create(flows.sent().getLast().text("/object/id"));
    adaBoosts(post);

    Notice shown =
        flows.told().stream()
            .filter(notice -> notice.to().equals(JULIET.toString()))
            .findFirst()
            .orElseThrow();
    assertThat(link(shown.payload(), "via", "href"))
        .isEqualTo(new ItemAddress(ROMEO, MICROBLOG, "1").uri());

    flows.retracts(ROMEO, "1");
    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("retract");
  }

  // From XMPP

  private Item via(String id, ItemAddress original) {
    return Entries.with(
        id,
        """
        <title>Hello</title><updated>%s</updated>
        <author><name>Bob</name></author><link rel='via' href='%s'/>
        """
            .formatted(flows.now(), original.uri()));
  }

  private ItemAddress bobsPost() {
    flows
        .fediverse()
        .holds(
            BOB.outbox(),
            "{\"type\":\"OrderedCollection\",\"orderedItems\":[\"%s\"]}".formatted(BOB.post("1")));
    return new ItemAddress(flows.virtual(BOB), MICROBLOG, Ids.itemId(BOB.post("1")));
  }

  @Test
  void aRepeatOnXmppIsABoostThatItsAuthorIsToldOf() {
    flows.publishes(ROMEO, via("2", bobsPost()));

    assertThat(flows.deliveries())
        .extracting(Delivery::inbox)
        .containsExactlyInAnyOrder(ADA.serversInbox(), BOB.serversInbox());
    assertThat(flows.deliveries())
        .allSatisfy(announce -> {
          assertThat(announce.type()).isEqualTo("Announce");
          assertThat(announce.text("/object")).isEqualTo(BOB.post("1").toString());
        });
  }

  @Test
  void aRepeatThatIsRetractedIsUndone() {
    flows.publishes(ROMEO, via("2", bobsPost()));
    String announce = flows.sent().getFirst().text("/id");
    flows.retracts(ROMEO, "2");

    assertThat(flows.deliveries())
        .hasSize(2)
        .allSatisfy(undo -> {
          assertThat(undo.type()).isEqualTo("Undo");
          assertThat(undo.text("/object/id")).isEqualTo(announce);
        });
  }

  @Test
  void aRepeatOfSomethingThatIsNotKnownIsAPost() {
    flows.publishes(
        ROMEO, via("2", new ItemAddress(Jid.of("x@elsewhere.example"), MICROBLOG, "9")));

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
  }
}
