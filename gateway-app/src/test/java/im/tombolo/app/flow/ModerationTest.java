package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.bridge.OwnFlags;
import im.tombolo.core.bridge.OwnFlags.Flagged;
import im.tombolo.core.bridge.Reconciler;
import im.tombolo.core.bridge.Severance;
import im.tombolo.core.bridge.VoteBridge;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Flags;
import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the administrator does not want, and what others tell the administrator. */
class ModerationTest extends Room {
  private static final Verdict REFUSED =
      new Verdict.Refused("somebody who is not talked to here", 403);

  private void configured(String... blocked) {
    flows.restart(
        new Moderation.Choices(
            false, Set.of(), Set.of(blocked), List.of(Jid.of("admin@example.org"))));
  }

  private void rules(String target) {
    flows.ask(session -> {
      session.rules().add(new Rule(target, Severity.SUSPEND, ""));
      return true;
    });
    flows.settings().moderation().refresh(flows.store());
  }

  private void sever() {
    Severance severance =
        new Severance(flows.store(), flows.fediverse(), flows.directory(), flows.settings());
    while (severance.runDue() > 0) {
      // The next page.
    }
  }

  private String follow(Peer who) {
    return who.follow("f", flows.urls().actor(ROMEO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "example"})
  void case71_nothingIsTakenFromABlockedDomainAndThoseBelow(String domain) {
    configured(domain);

    assertThat(flows.receive(follow(BOB), BOB.id())).isEqualTo(REFUSED);
    assertThat(flows.rows("inbox where done_at is null")).isZero();
  }

  @Test
  void case71_aRuleCountsFromTheMomentItIsMade() {
    rules("other.example");

    assertThat(flows.receive(follow(BOB), BOB.id())).isEqualTo(REFUSED);
    assertThat(flows.receive(follow(EVE), EVE.id())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void case71_aRuleAboutAPersonLeavesTheirServerAlone() {
    Peer beside = Peer.of("beside", "other.example").joins(flows.fediverse());
    rules(BOB.id().toString());

    assertThat(flows.receive(follow(BOB), BOB.id())).isEqualTo(REFUSED);
    assertThat(flows.receive(follow(beside), beside.id())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void case71_whatCameBeforeTheBlockIsNotActedOn() {
    assertThat(flows.receive(follow(BOB), BOB.id())).isEqualTo(new Verdict.Accepted());
    rules("other.example");

    flows.work();

    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.rows("follower where actor = '" + BOB.id() + "'")).isZero();
    assertThat(flows.rows("inbox where done_at is null")).isZero();
  }

  @Test
  void case71_aBoostOfWhatABlockedServerSaysIsNotShownAndNotAskedFor() {
    flows.follows(JULIET, EVE);
    rules("other.example");
    flows.fediverse().forgetsQuestions();

    flows.receives(EVE.announces("a", BOB.post("1"), flows.now()), EVE);

    assertThat(flows.notices()).isEmpty();
    assertThat(flows.fediverse().asked()).isEmpty();
    assertThat(flows.rows("remote_post")).isZero();
  }

  @Test
  void case71_aBoostOfWhatABlockedPersonSaysIsNotShownWhereverItStands() {
    flows.follows(JULIET, EVE);
    flows.fediverse().holds(BOB.post("1"), BOB.note("1", "Hello", flows.now()));
    rules(BOB.id().toString());

    flows.receives(EVE.announces("a", BOB.post("1"), flows.now()), EVE);

    assertThat(flows.notices()).isEmpty();
    assertThat(flows.rows("remote_post")).isZero();
  }

  @Test
  void case71_whatABlockedPersonSaidAboveAnAnswerIsNotKept() {
    URI above = BOB.post("above");
    flows.fediverse().holds(above, BOB.reply("above", "I say", flows.now(), post));
    flows.fediverse().holds(EVE.post("1"), EVE.reply("1", "I agree", flows.now(), above));
    rules("other.example");
    flows.fediverse().forgetsQuestions();
    String mention =
        "\"tag\":[{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"@romeo@example.org\"}]"
            .formatted(flows.urls().actor(ROMEO));

    flows.receives(
        EVE.creates(
            "c",
            EVE.note(
                "1",
                "I agree",
                flows.now(),
                Optional.empty(),
                "\"inReplyTo\":\"" + above + "\"," + mention + "," + Peer.TO_ALL)),
        EVE);

    assertThat(flows.fediverse().asked()).noneMatch(asked -> asked.contains("other.example"));
    assertThat(flows.rows("remote_post where author = '" + BOB.id() + "'")).isZero();
    assertThat(flows.rows("remote_post where author = '" + EVE.id() + "'")).isEqualTo(1);
  }

  @Test
  void case71_whoIsBlockedIsNobodyToPeopleHereAlsoBeforeTheyAreForgotten() {
    assertThat(flows.directory().byHandle(BOB.handle())).isInstanceOf(Answer.Got.class);
    rules("other.example");

    assertThat(flows.directory().byHandle(BOB.handle())).isInstanceOf(Answer.Missing.class);
    assertThat(flows.directory().byId(BOB.id())).isInstanceOf(Answer.Missing.class);
    assertThat(flows.subscriptions().subscribe(flows.virtual(BOB), JULIET))
        .isInstanceOf(Answer.Missing.class);
  }

  @Test
  void case71_followsInBothDirectionsEndWithoutAWordToThem() {
    flows.follows(JULIET, BOB);
    flows.isFollowedBy(ROMEO, BOB);
    flows.receives(BOB.creates("c", BOB.note("n", "Hello", flows.now())), BOB);
    flows.told();
    rules("other.example");

    sever();

    assertThat(flows.rows("follower")).isEqualTo(1);
    assertThat(flows.rows("following")).isZero();
    assertThat(flows.rows("remote_post")).isZero();
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.kind()).isEqualTo("none");
          assertThat(notice.to()).isEqualTo(JULIET.toString());
        });
  }

  @Test
  void case71_whatWaitsForThemIsDropped() {
    flows.isFollowedBy(ROMEO, BOB);
    flows.publishes(ROMEO, entry("2", ""));
    assertThat(flows.deliveries()).hasSize(2);
    rules("other.example");

    sever();

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(left -> assertThat(left.inbox().getHost()).isEqualTo(ADA.host()));
  }

  @Test
  void case71_whoIsBlockedNoLongerMayFollowAgain() {
    rules("other.example");
    flows.ask(session -> session.rules().remove("other.example"));
    flows.settings().moderation().refresh(flows.store());

    assertThat(flows.receive(follow(BOB), BOB.id())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void case72_withAnAllowListNobodyElseIsTakenFrom() {
    flows.restart(new Moderation.Choices(true, Set.of("other.example"), Set.of(), List.of()));

    assertThat(flows.receive(follow(BOB), BOB.id())).isEqualTo(new Verdict.Accepted());
    assertThat(flows.receive(follow(EVE), EVE.id())).isEqualTo(REFUSED);
  }

  @Test
  void case73_ofABlockNobodyLearnsButWhoFollowed() {
    flows.isFollowedBy(ROMEO, BOB);

    flows.blocks().block(ROMEO, "bob@other.example");

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(reject -> {
          assertThat(reject.type()).isEqualTo("Reject");
          assertThat(reject.inbox()).isEqualTo(BOB.inbox());
        });
    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void case78_whoFloodsIsSlowedDownAndTheAdministratorIsToldOnce() {
    configured();
    flows.told();
    for (int i = 0; i < Reconciler.POSTS_A_MINUTE + 20; i++) {
      flows.tells(ROMEO, entry("flood" + i, ""));
    }

    assertThat(flows.deliveries()).hasSize(Reconciler.POSTS_A_MINUTE);
    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.to()).isEqualTo("admin@example.org");
          assertThat(notice.body())
              .contains("romeo@example.org posts more than 300 times a minute");
        });
  }

  @Test
  void case78_whatWasTooMuchIsSentByTheNextComparison() {
    configured();
    for (int i = 0; i < Reconciler.POSTS_A_MINUTE + 1; i++) {
      flows.tells(ROMEO, entry("flood" + i, ""));
    }
    flows.sent();
    flows.xmpp().holds(ROMEO, MICROBLOG, entry("flood" + Reconciler.POSTS_A_MINUTE, ""));

    flows.advance(Duration.ofMinutes(5));
    flows.compare();

    assertThat(flows.deliveries()).extracting(Flows.Delivery::type).contains("Create");
  }

  private OwnFlags ownFlags() {
    return new OwnFlags(
        flows.store(),
        new VoteBridge(
            flows.store(),
            flows.fediverse(),
            flows.directory(),
            flows.timelines(),
            flows.polls(),
            flows.settings()),
        new AddressBridge(flows.directory(), flows.accounts(), flows.settings()),
        flows.settings());
  }

  @Test
  void case76_aReportGoesToTheServerInTheNameOfTheGateway() {
    configured();
    flows.fediverse().holds(BOB.post("1"), BOB.note("1", "Buy watches", flows.now()));

    ownFlags().flag(JULIET, BOB.post("1").toString(), "He sells watches");

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.inbox()).isEqualTo(BOB.inbox());
          assertThat(flag.type()).isEqualTo("Flag");
          assertThat(flag.signer()).isEqualTo(flows.urls().instanceJid());
          assertThat(flag.text("/actor")).isEqualTo(flows.urls().instanceActor().toString());
          assertThat(flag.text("/object/0")).isEqualTo(BOB.id().toString());
          assertThat(flag.text("/object/1")).isEqualTo(BOB.post("1").toString());
          assertThat(flag.text("/content")).isEqualTo("He sells watches");
          assertThat(flag.activity().toString()).doesNotContain("juliet");
        });
    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.to()).isEqualTo("admin@example.org");
          assertThat(notice.body())
              .contains("juliet@example.org reports " + BOB.post("1") + " to its server");
        });
  }

  @Test
  void case76_nobodyReportsWithoutEnd() {
    OwnFlags flags = ownFlags();
    for (int i = 0; i < OwnFlags.MAX_A_DAY; i++) {
      assertThat(flags.flag(JULIET, BOB.handle().toString(), "Spam").value())
          .contains(new Flagged.Sent(BOB.id()));
      flows.advance(Duration.ofMinutes(1));
    }

    assertThat(flags.flag(JULIET, BOB.handle().toString(), "Spam").value())
        .contains(new Flagged.TooMany());
    assertThat(flows.deliveries()).hasSize(OwnFlags.MAX_A_DAY);
  }

  private String flag(Peer by, String name, String objects) {
    return """
    {"id":"%s","type":"Flag","actor":"%s","content":"<b>Spam</b> <script>x</script>","object":%s}
    """
        .formatted(by.activity(name), by.id(), objects);
  }

  private List<Flags.Flag> flags() {
    return flows.ask(session -> session.flags().all());
  }

  @Test
  void case76_aReportIsForTheAdministratorOnly() {
    configured();
    URI romeo = flows.urls().actor(ROMEO);

    flows.receives(flag(BOB, "r", "[\"" + romeo + "\",\"" + post + "\"]"), BOB);

    assertThat(flags())
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.by()).isEqualTo(BOB.id());
          assertThat(flag.objects()).containsExactly(romeo, post);
          assertThat(flag.text()).isEqualTo("Spam");
        });
    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.to()).isEqualTo("admin@example.org");
          assertThat(notice.body()).contains(BOB.id() + " reports " + romeo, "Spam");
        });
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void case76_ofAReportOfTenThousandThingsFiftyAreKept() {
    String many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "\"https://example.org/" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));

    flows.receives(flag(BOB, "r", many), BOB);

    assertThat(flags()).singleElement().satisfies(flag -> assertThat(flag.objects()).hasSize(50));
  }

  @Test
  void case76_aReportOfNobodyHereIsForgotten() {
    flows.receives(flag(BOB, "r", "\"" + EVE.id() + "\""), BOB);

    assertThat(flags()).isEmpty();
  }

  @Test
  void case76_reportsBeyondAThousandAreNotKeptAndNotTold() {
    configured();
    URI romeo = flows.urls().actor(ROMEO);
    for (int i = 0; i <= Flags.MAX; i++) {
      flows.receive(flag(BOB, "r" + i, "\"" + romeo + "\""), BOB.id());
    }
    flows.work();

    assertThat(flows.rows("flag")).isEqualTo(Flags.MAX);
    assertThat(flows.notices()).hasSize(20);
  }
}
