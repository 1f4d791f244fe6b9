package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.xml.Namespaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our copy of a blog is compared with what its server holds. */
class ReconcilingTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "social.example");
  private static final Instant THEN = Flows.START.minus(Duration.ofDays(1));
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration NEXT = Duration.ofHours(2);

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void romeoHasABlog() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
  }

  private void adaFollows() {
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.sent();
  }

  private List<String> page() {
    return flows
        .ask(session -> session.localPosts().page(ROMEO, false, Optional.empty(), 9))
        .stream()
        .map(LocalPost::itemId)
        .toList();
  }

  private Account.Blog blog() {
    return flows.ask(session -> session.accounts().find(ROMEO)).orElseThrow().blog();
  }

  private void holds(String item, Instant at) {
    flows.xmpp().holds(ROMEO, MICROBLOG, Entries.item(item, "Post " + item, at));
  }

  private static boolean asksItems(String question) {
    return question.equals("items " + ROMEO + " " + MICROBLOG);
  }

  @Nested
  class AtFirst {
    @Test
    void oldPostsAreShownButNobodyIsToldOfThem() {
      holds("1", THEN);
      holds("2", THEN.plusSeconds(1));

      adaFollows();

      assertThat(page()).containsExactly("2", "1");
      assertThat(flows.deliveries()).isEmpty();
    }

    @Test
    void theOldPostThatComesWithOurSubscriptionIsNotToldEither() {
      flows.isFollowedBy(ROMEO, ADA);

      flows.publishes(ROMEO, Entries.item("1", "Old", THEN));

      assertThat(flows.deliveries()).isEmpty();
      assertThat(page()).containsExactly("1");
    }

    @Test
    void aPostFromTheMomentOfTheFollowIsToldByAnEvent() {
      flows.isFollowedBy(ROMEO, ADA);

      flows.publishes(ROMEO, Entries.item("1", "New", flows.now()));
      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
    }

    @Test
    void aPostFromTheMomentOfTheFollowIsToldByTheFirstComparison() {
      holds("old", THEN);
      flows.isFollowedBy(ROMEO, ADA);
      holds("new", flows.now());
      flows.advance(Duration.ofSeconds(1));

      flows.compare();

      assertThat(flows.deliveries())
          .extracting(create -> create.text("/object/content"))
          .containsExactly("<p>Post new</p>");
    }

    @Test
    void postsWithoutADateMayBeOldAndAreNotTold() {
      flows.xmpp().holds(ROMEO, MICROBLOG, Entries.with("1", "<title>Undated</title>"));

      adaFollows();

      assertThat(flows.deliveries()).isEmpty();
      assertThat(page()).containsExactly("1");
    }
  }

  @Nested
  class Then {
    @BeforeEach
    void aFirstLook() {
      holds("1", THEN);
      holds("2", THEN.plusSeconds(1));
      adaFollows();
      flows.advance(Duration.ofMinutes(1));
    }

    @Test
    void aPostThatNoEventToldOfIsFound() {
      holds("3", flows.now());
      flows.advance(NEXT);

      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
      assertThat(page()).containsExactly("3", "2", "1");
    }

    @Test
    void moreThanOneReadingHoldsIsFoundSinceTheLast() {
      for (int i = 1; i <= 250; i++) {
        holds("new " + i, flows.now().plusSeconds(i));
      }
      flows.advance(NEXT);

      flows.compare();

      assertThat(flows.deliveries()).hasSize(250);
    }

    @Test
    void anEditThatNoEventToldOfIsFound() {
      flows.xmpp().holds(ROMEO, MICROBLOG, Entries.item("1", "Better", THEN, flows.now()));
      flows.advance(NEXT);

      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Update");
    }

    @Test
    void aSilentRetractIsFound() {
      flows.xmpp().drops(ROMEO, MICROBLOG, "2");
      flows.advance(NEXT);

      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
      assertThat(page()).containsExactly("1");
    }

    @Test
    void theSilentRetractOfAllIsFound() {
      flows.xmpp().drops(ROMEO, MICROBLOG, "1");
      flows.xmpp().drops(ROMEO, MICROBLOG, "2");
      flows.advance(NEXT);

      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsOnly("Delete").hasSize(2);
      assertThat(page()).isEmpty();
    }

    @Test
    void aPostThatMadeRoomStaysPublished() {
      flows.xmpp().limits(ROMEO, MICROBLOG, 2);
      flows.publishes(ROMEO, Entries.item("3", "Third", flows.now()));
      flows.advance(SOON);
      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
      assertThat(page()).containsExactly("3", "2", "1");
    }

    @Test
    void aPostThatMadeRoomStaysPublishedWhenTheRestIsRetracted() {
      flows.xmpp().limits(ROMEO, MICROBLOG, 1);
      flows.advance(NEXT);
      flows.compare();

      flows.retracts(ROMEO, "2");
      flows.advance(SOON);
      flows.compare();

      assertThat(page()).containsExactly("1");
    }

    @Test
    void aListWithTheNewestFirstIsReadAlike() {
      flows.xmpp().listsNewestFirst();
      holds("3", flows.now());
      holds("4", flows.now().plusSeconds(1));
      flows.advance(NEXT);
      flows.compare();
      flows.xmpp().limits(ROMEO, MICROBLOG, 1);
      flows.advance(NEXT);
      flows.compare();

      assertThat(flows.deliveries())
          .extracting(create -> create.text("/object/content"))
          .containsExactly("<p>Post 3</p>", "<p>Post 4</p>");
      assertThat(page()).containsExactly("4", "3", "2", "1");
    }

    @Test
    void whatIsPublishedWhileWeAskIsNotTakenForRetracted() {
      flows.advance(NEXT);
      flows.xmpp().meanwhile(() -> flows.publishes(ROMEO, Entries.item("3", "Third", flows.now())));

      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
      assertThat(page()).containsExactly("3", "2", "1");
    }

    @Test
    void whatIsRetractedWhileWeAskDoesNotComeBack() {
      flows.advance(NEXT);
      flows.xmpp().meanwhile(() -> flows.retracts(ROMEO, "2"));

      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
      assertThat(page()).containsExactly("1");
    }

    @Test
    void whatIsEditedWhileWeAskIsNotEditedBack() {
      flows.advance(NEXT);
      flows
          .xmpp()
          .meanwhile(() -> flows.publishes(ROMEO, Entries.item("1", "Better", THEN, flows.now())));

      flows.compare();

      assertThat(flows.deliveries())
          .extracting(update -> update.text("/object/content"))
          .containsExactly("<p>Better</p>");
    }

    @Test
    void anEventIsFollowedByAComparisonSoon() {
      flows.publishes(ROMEO, Entries.item("3", "Third", flows.now()));

      assertThat(flows.compare()).isZero();
      flows.advance(SOON);
      assertThat(flows.compare()).isEqualTo(1);
    }

    @Test
    void anEventWhileWeAskIsFollowedByAComparisonOfItsOwn() {
      flows.advance(NEXT);
      flows.xmpp().meanwhile(() -> flows.publishes(ROMEO, Entries.item("3", "Third", flows.now())));

      assertThat(flows.compare()).isEqualTo(1);
      flows.advance(SOON);
      assertThat(flows.compare()).isEqualTo(1);
      flows.advance(SOON);
      assertThat(flows.compare()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {Namespaces.VCARD4_NODE, Namespaces.AVATAR_METADATA})
    void aChangeOfTheProfileWhileWeAskIsReadSoon(String node) {
      flows.advance(NEXT);
      flows.xmpp().meanwhile(() -> flows.reconciler().event(ROMEO, node, List.of(), List.of()));

      assertThat(flows.compare()).isEqualTo(1);
      flows.advance(SOON);
      assertThat(flows.compare()).isEqualTo(1);
    }

    @Test
    void anEventBeforeTheQuestionAsksForNoSecondComparison() {
      flows.publishes(ROMEO, Entries.item("3", "Third", flows.now()));
      flows.advance(SOON);
      assertThat(flows.compare()).isEqualTo(1);

      flows.advance(SOON);

      assertThat(flows.compare()).isZero();
    }

    @Test
    void aBlogWhoseComparisonWasCutOffByTheEndOfTheProcessIsDueAtOnce() {
      holds("3", flows.now());
      flows.advance(NEXT);
      int[] compared = {0};
      flows
          .xmpp()
          .meanwhile(() -> {
            flows.restart();
            compared[0] = flows.compare();
          });

      flows.compare();

      assertThat(compared[0]).isEqualTo(1);
      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
    }

    @Test
    void aBlogWhoseComparisonFailedIsLookedAtAgainAfterAWhile() {
      holds("3", flows.now());
      flows.advance(NEXT);
      flows.xmpp().meanwhile(() -> fail(new IllegalStateException("odd")));

      assertThat(flows.compare()).isEqualTo(1);
      assertThat(flows.deliveries()).isEmpty();
      flows.advance(AFTER_FAILURE.minusSeconds(1));
      assertThat(flows.compare()).isZero();
      flows.advance(Duration.ofSeconds(1));
      assertThat(flows.compare()).isEqualTo(1);

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
    }

    @Test
    void anEventWhileAComparisonFailsIsNotLost() {
      flows.advance(NEXT);
      flows
          .xmpp()
          .meanwhile(() -> {
            flows.publishes(ROMEO, Entries.item("3", "Third", flows.now()));
            fail(new IllegalStateException("odd"));
          });

      assertThat(flows.compare()).isEqualTo(1);
      flows.advance(SOON);

      assertThat(flows.compare()).isEqualTo(1);
    }

    @Test
    void anErrorDoesNotLeaveTheBlogAtTheHeadOfTheQueue() {
      flows.advance(NEXT);
      flows.xmpp().meanwhile(() -> fail(new StackOverflowError()));

      assertThatThrownBy(flows::compare).isInstanceOf(StackOverflowError.class);

      assertThat(flows.compare()).isZero();
    }

    @Test
    void aBlogThatFailsDoesNotHoldUpTheNext() {
      flows.xmpp().opens(JULIET, MICROBLOG);
      flows.isFollowedBy(JULIET, ADA);
      flows.compare();
      holds("3", flows.now());
      flows.xmpp().holds(JULIET, MICROBLOG, Entries.item("1", "O Romeo", flows.now()));
      flows.advance(Duration.ofDays(1));
      flows.xmpp().meanwhile(() -> fail(new IllegalStateException("odd")));

      assertThat(flows.compare()).isEqualTo(2);
      assertThat(flows.deliveries()).hasSize(1);
      flows.advance(AFTER_FAILURE);
      flows.compare();

      assertThat(flows.deliveries())
          .extracting(Delivery::signer)
          .containsExactlyInAnyOrder(ROMEO, JULIET);
    }

    private static void fail(RuntimeException failure) {
      throw failure;
    }

    private static void fail(Error failure) {
      throw failure;
    }

    @Test
    void aServerThatDoesNotAnswerIsAskedAgainAfterAWhile() {
      holds("3", flows.now());
      flows.xmpp().isSilent(ROMEO);
      flows.advance(NEXT);
      flows.compare();
      assertThat(blog()).isEqualTo(Account.Blog.OPEN);

      flows.xmpp().speaks(ROMEO);
      flows.advance(AFTER_FAILURE);
      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
    }

    @Test
    void nothingIsComparedWhileTheLinkIsDown() {
      flows.advance(NEXT);
      flows.xmpp().forgetsQuestions();
      flows.xmpp().disconnects();

      assertThat(flows.compare()).isZero();
      assertThat(flows.xmpp().asked()).isEmpty();
    }

    @Test
    void aQuietBlogIsReadSeldom() {
      flows.xmpp().forgetsQuestions();
      flows.advance(Duration.ofMinutes(60));
      flows.compare();
      assertThat(flows.xmpp().asked()).noneMatch(ReconcilingTest::asksItems);

      flows.advance(Duration.ofMinutes(12));
      flows.compare();

      assertThat(flows.xmpp().asked()).anyMatch(ReconcilingTest::asksItems);
    }

    @Test
    void weSubscribeOnceWhateverTheNumberOfFollowers() {
      flows.isFollowedBy(ROMEO, BOB);
      flows.compare();

      assertThat(flows.xmpp().asked())
          .filteredOn(question -> question.equals("subscribe " + ROMEO + " " + MICROBLOG))
          .hasSize(1);
    }
  }

  @Nested
  class WhenTheBlogCloses {
    @BeforeEach
    void adaHasAPost() {
      adaFollows();
      flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
      flows.sent();
      flows.advance(Duration.ofMinutes(1));
      flows.compare();
      flows.advance(Duration.ofMinutes(1));
    }

    private void closes() {
      flows.xmpp().closes(ROMEO, MICROBLOG);
      flows.reconciler().nodeChanged(ROMEO, MICROBLOG);
      flows.compare();
      flows.advance(SOON);
      flows.compare();
    }

    @Test
    void oneRefusalChangesNothing() {
      flows.xmpp().closes(ROMEO, MICROBLOG);
      flows.reconciler().nodeChanged(ROMEO, MICROBLOG);
      flows.compare();
      flows.xmpp().opens(ROMEO, MICROBLOG);
      flows.advance(SOON);
      flows.compare();

      assertThat(flows.deliveries()).isEmpty();
      assertThat(blog()).isEqualTo(Account.Blog.OPEN);
      assertThat(page()).containsExactly("1");
    }

    @Test
    void twoRefusalsFarApartAreTwoFirstOnes() {
      flows.xmpp().closes(ROMEO, MICROBLOG);
      flows.reconciler().nodeChanged(ROMEO, MICROBLOG);
      flows.compare();
      flows.xmpp().opens(ROMEO, MICROBLOG);
      flows.advance(SOON);
      flows.compare();
      flows.xmpp().closes(ROMEO, MICROBLOG);
      flows.reconciler().nodeChanged(ROMEO, MICROBLOG);
      flows.compare();

      assertThat(flows.deliveries()).isEmpty();
    }

    @Test
    void case60_theSecondRefusalTakesBackWhatWasPublic() {
      closes();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
      assertThat(blog()).isEqualTo(Account.Blog.CLOSED);
      assertThat(page()).isEmpty();
    }

    @Test
    void aNodeThatIsGoneIsTakenBackAlike() {
      flows.xmpp().deletes(ROMEO, MICROBLOG);
      flows.reconciler().nodeChanged(ROMEO, MICROBLOG);
      flows.compare();
      flows.advance(SOON);
      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
      assertThat(blog()).isEqualTo(Account.Blog.MISSING);
    }

    @Test
    void whatIsPublishedThereStaysThere() {
      closes();
      flows.sent();

      flows.publishes(ROMEO, Entries.item("2", "Secret", flows.now()));
      flows.advance(Duration.ofDays(1));
      flows.compare();

      assertThat(flows.deliveries()).isEmpty();
      assertThat(page()).isEmpty();
    }

    @Test
    void whatIsPublishedBetweenClosingAndOurNoticeStaysThere() {
      flows.xmpp().closes(ROMEO, MICROBLOG);

      flows.publishes(ROMEO, Entries.item("2", "Secret", flows.now()));

      assertThat(flows.deliveries()).isEmpty();
      assertThat(page()).containsExactly("1");
    }

    @Test
    void onceItIsOpenAgainNewPostsAreToldAndOldOnesStayGone() {
      closes();
      flows.xmpp().holds(ROMEO, MICROBLOG, Entries.item("2", "Secret", flows.now()));
      flows.sent();
      flows.advance(Duration.ofHours(1));
      flows.xmpp().opens(ROMEO, MICROBLOG);
      flows.reconciler().nodeChanged(ROMEO, MICROBLOG);
      flows.compare();

      flows.publishes(ROMEO, Entries.item("3", "Public again", flows.now()));

      assertThat(flows.deliveries())
          .extracting(create -> create.text("/object/content"))
          .containsExactly("<p>Public again</p>");
      assertThat(page()).containsExactly("3", "2");
    }

    @Test
    void anEventFromABlogThatIsOpenAgainShowsUsThatItIs() {
      closes();
      flows.sent();
      flows.advance(Duration.ofMinutes(5));
      flows.xmpp().opens(ROMEO, MICROBLOG);

      flows.publishes(ROMEO, Entries.item("2", "Public again", flows.now()));
      flows.advance(SOON);
      flows.compare();

      assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
      assertThat(blog()).isEqualTo(Account.Blog.OPEN);
    }
  }
}
