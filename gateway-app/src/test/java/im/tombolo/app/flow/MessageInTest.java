package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.JABBER_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ChatReader;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.bridge.MessageBridge;
import im.tombolo.core.model.ChatMessage;
import im.tombolo.core.model.ChatMessage.Header;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People of the fediverse write to romeo and juliet. */
class MessageInTest extends Room {
  private int count;

  @BeforeEach
  void julietIsOnTheFediverseToo() {
    flows.xmpp().opens(JULIET, Namespaces.MICROBLOG);
    flows.accounts().actor(JULIET);
    flows.sent();
    flows.told();
  }

  private String mentions(Jid... whom) {
    return "\"tag\":["
        + Stream.of(whom)
            .map(jid ->
                "{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"@%s\"}"
                    .formatted(flows.urls().actor(jid), jid))
            .collect(Collectors.joining(","))
        + "]";
  }

  private String to(Jid... whom) {
    return "\"to\":["
        + Stream.of(whom)
            .map(jid -> "\"" + flows.urls().actor(jid) + "\"")
            .collect(Collectors.joining(","))
        + "],\"cc\":[]";
  }

  private String note(Peer by, String name, String text, String more, Jid... whom) {
    return by.note(
        name, text, flows.now(), Optional.empty(), more + mentions(whom) + "," + to(whom));
  }

  private void writes(Peer by, String name, String text, String more, Jid... whom) {
    flows.receives(by.creates("c" + count++, note(by, name, text, more, whom)), by);
  }

  private void edits(String name, String text, String more, Jid... whom) {
    flows.advance(Duration.ofMinutes(1));
    String updated = "\"updated\":\"" + flows.now() + "\",";
    flows.receives(ADA.updates("u" + count++, note(ADA, name, text, updated + more, whom)), ADA);
  }

  private Notice onlyOne() {
    List<Notice> told = flows.told();
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  private static String child(Notice notice, String name) {
    return notice.message().child(name, JABBER_CLIENT).map(Element::text).orElse("");
  }

  private static String id(Notice notice, String name, String namespace) {
    return notice
        .message()
        .child(name, namespace)
        .map(element -> element.attributeOr("id", ""))
        .orElse("");
  }

  @Test
  void aDirectNoteIsAMessage() {
    writes(
        ADA,
        "1",
        "<span class='h-card'><a href='https://example.org/@romeo' class='u-url mention'>"
            + "@<span>romeo</span></a></span> Hello &lt;3",
        "",
        ROMEO);

    Notice told = onlyOne();
    assertThat(told.message().attributes())
        .containsEntry("type", "chat")
        .containsEntry("from", flows.virtual(ADA).toString())
        .containsEntry("to", ROMEO.toString());
    assertThat(child(told, "body")).isEqualTo("Hello <3");
    assertThat(id(told, "origin-id", Namespaces.STANZA_IDS)).isEqualTo(told.id());
    assertThat(child(told, "thread")).isNotEmpty();
    assertThat(told.message().child("addresses", Namespaces.ADDRESS)).isEmpty();
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void aMessageIsNowhereElse() {
    flows.follows(JULIET, ADA);
    writes(ADA, "1", "A secret", "\"inReplyTo\":\"" + post + "\",", ROMEO);
    flows.publish();

    assertThat(flows.told()).extracting(Notice::to).containsExactly(ROMEO.toString());
    assertThat(flows.rows("remote_post")).isZero();
    assertThat(shown()).isEmpty();
    assertThat(flows.discussions().answers(post)).isEmpty();
    assertThat(flows.rows("message where document::text like '%secret%'")).isZero();
  }

  /** As Pleroma sends what is for several people: to each with only their names in it. */
  @Test
  void case54_theSameActivityForOneReaderAfterTheOtherReachesEachOnce() {
    for (List<Jid> readers :
        List.of(List.of(ROMEO), List.of(JULIET), List.of(ROMEO, JULIET), List.of(ROMEO))) {
      flows.receive(
          ADA.creates("c", note(ADA, "1", "Hello", "", readers.toArray(Jid[]::new))), ADA.id());
      flows.work();
    }

    assertThat(flows.told())
        .extracting(Notice::to)
        .containsExactly(ROMEO.toString(), JULIET.toString());
  }

  @Test
  void case54_theSameActivityForManyReadersAtOnceReachesEachOnce() throws Exception {
    List<Callable<Verdict>> senders =
        Stream.of(List.of(ROMEO), List.of(JULIET), List.of(ROMEO, JULIET))
            .flatMap(readers -> Stream.generate(() -> readers).limit(17))
            .<Callable<Verdict>>map(readers -> {
              String create =
                  ADA.creates("c", note(ADA, "1", "Hello", "", readers.toArray(Jid[]::new)));
              return () -> flows.receive(create, ADA.id());
            })
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Verdict> taken : threads.invokeAll(senders)) {
        assertThat(taken.get()).isInstanceOfAny(Verdict.Accepted.class, Verdict.Duplicate.class);
      }
    }
    flows.work();

    assertThat(flows.told())
        .extracting(Notice::to)
        .containsExactlyInAnyOrder(ROMEO.toString(), JULIET.toString());
  }

  @Test
  void theSameActivityOrTheSameNoteTwiceIsOneMessage() {
    String create = ADA.creates("c", note(ADA, "1", "Hello", "", ROMEO));
    flows.receives(create, ADA);
    assertThat(flows.receive(create, ADA.id())).isEqualTo(new Verdict.Duplicate());
    writes(ADA, "1", "Hello", "", ROMEO);

    onlyOne();
  }

  @Test
  void everybodyHereWhoIsNamedGetsItAndSeesTheOthers() {
    writes(ADA, "1", "@romeo@example.org, @juliet@example.org: Hello", "", ROMEO, JULIET);

    List<Notice> told = flows.told();
    assertThat(told)
        .extracting(Notice::to)
        .containsExactlyInAnyOrder(ROMEO.toString(), JULIET.toString());
    assertThat(told).extracting(notice -> child(notice, "body")).containsOnly("Hello");
    assertThat(
            told.getFirst()
                .message()
                .child("addresses", Namespaces.ADDRESS)
                .orElseThrow()
                .elements())
        .extracting(address -> address.attributeOr("jid", ""))
        .containsExactlyInAnyOrder(ROMEO.toString(), JULIET.toString());
  }

  @Test
  void aWarningComesFirst() {
    writes(ADA, "1", "He dies", "\"summary\":\"The end\",\"sensitive\":true,", ROMEO);

    assertThat(child(onlyOne(), "body")).isEqualTo("[The end]\n\nHe dies");
  }

  @Test
  void eachFileIsAMessageOfItsOwn() {
    String cat = "https://social.example/cat.png";
    writes(
        ADA,
        "1",
        "Look",
        "\"attachment\":[{\"type\":\"Document\",\"mediaType\":\"image/png\",\"name\":\"A cat\","
            + "\"url\":\"https://social.example/cat.png\"}],",
        ROMEO);

    List<Notice> told = flows.told();
    assertThat(told).extracting(notice -> child(notice, "body")).containsExactly("Look", cat);
    Element file = told.getLast().message();
    assertThat(file.child("x", Namespaces.OOB).orElseThrow().text()).contains(cat);
    assertThat(file.child("file-sharing", Namespaces.SFS).orElseThrow().text())
        .contains("image/png", "A cat");
  }

  @Test
  void aConversationGoesBackAndForthInOneThread() {
    writes(ADA, "1", "Hello", "", ROMEO);
    Notice first = onlyOne();
    String thread = child(first, "thread");
    Header header = new Header("r1", List.of("r1"), List.of(), Optional.of(thread), false);
    flows
        .messages()
        .said(
            ROMEO,
            flows.virtual(ADA),
            new ChatMessage.Words(
                header,
                "Hi",
                Optional.empty(),
                List.of(),
                Optional.of(first.id()),
                Optional.empty()));
    Delivery answer = flows.sent().getFirst();
    assertThat(answer.text("/object/inReplyTo")).isEqualTo(ADA.post("1").toString());
    flows.ends((session, delivery) -> flows.ends().taken(session, List.of(delivery)));

    writes(ADA, "2", "How are you", "\"inReplyTo\":\"" + answer.text("/object/id") + "\",", ROMEO);

    Notice second = onlyOne();
    assertThat(child(second, "thread")).isEqualTo(thread);
    assertThat(id(second, "reply", Namespaces.REPLY)).isEqualTo("r1");
    assertThat(second.message().child("reply", Namespaces.REPLY).orElseThrow().attributes())
        .containsEntry("to", ROMEO.toString());
  }

  @Test
  void aContextIsAThreadAlsoWhereAParentIsMissing() {
    String context = "\"context\":\"https://social.example/contexts/1\",";
    writes(ADA, "1", "One", context, ROMEO);
    String thread = child(onlyOne(), "thread");
    writes(ADA, "3", "Three", context + "\"inReplyTo\":\"" + ADA.post("2") + "\",", ROMEO);

    Notice third = onlyOne();
    assertThat(child(third, "thread")).isEqualTo(thread);
    assertThat(third.message().child("reply", Namespaces.REPLY)).isEmpty();
  }

  @Test
  void messagesComeFromTheAddressThatWasWrittenTo() {
    Jid alias = Jid.of("ada%social.example@ap.example.org");
    flows
        .messages()
        .said(
            ROMEO,
            alias,
            ChatReader.read(
                Notice.of("<message xmlns='jabber:client' id='m'><body>Hi</body></message>")
                    .message()));
    writes(ADA, "1", "Hello", "", ROMEO);

    assertThat(onlyOne().from()).isEqualTo(alias.toString());
  }

  @Test
  void anEditIsACorrection() {
    writes(ADA, "1", "Helo", "", ROMEO);
    Notice first = onlyOne();
    edits("1", "Hello", "", ROMEO);

    Notice edit = onlyOne();
    assertThat(id(edit, "replace", Namespaces.CORRECT)).isEqualTo(first.id());
    assertThat(edit.id()).isNotEqualTo(first.id());
    assertThat(child(edit, "body")).isEqualTo("Hello");

    edits("1", "Hello", "", ROMEO);
    assertThat(flows.told()).as("nothing changed").isEmpty();
    edits("1", "Hello!", "", ROMEO);
    assertThat(id(onlyOne(), "replace", Namespaces.CORRECT)).isEqualTo(first.id());
  }

  @Test
  void anEditForMorePeopleStaysWithThoseWhoHaveIt() {
    flows.follows(JULIET, ADA);
    writes(ADA, "1", "A secret", "", ROMEO);
    flows.told();
    flows.advance(Duration.ofMinutes(1));
    String wide = ADA.note("1", "No secret", flows.now(), Optional.of(flows.now()), Peer.TO_ALL);
    flows.receives(ADA.updates("u", wide), ADA);
    flows.receives(ADA.creates("again", wide), ADA);

    assertThat(flows.told()).extracting(Notice::to).containsExactly(ROMEO.toString());
    assertThat(flows.rows("remote_post")).isZero();
    edits("1", "For two", "", ROMEO, JULIET);
    assertThat(flows.told()).extracting(Notice::to).containsExactly(ROMEO.toString());
  }

  @Test
  void aPublicPostThatIsNarrowedIsTakenBack() {
    flows.follows(JULIET, ADA);
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", flows.now())), ADA);
    flows.told();

    edits("1", "Hello", "", ROMEO);

    assertThat(flows.told()).extracting(Notice::kind).containsExactly("retract");
  }

  @Test
  void aDeleteIsARetraction() {
    writes(ADA, "1", "Hello", "", ROMEO);
    String first = onlyOne().id();
    flows.receives(ADA.deletes("d", ADA.post("1")), ADA);

    Notice retraction = onlyOne();
    assertThat(id(retraction, "retract", Namespaces.RETRACT)).isEqualTo(first);
    assertThat(id(retraction, "apply-to", Namespaces.FASTEN)).isEqualTo(first);
    assertThat(
            retraction.message().child("fallback", Namespaces.FALLBACK).orElseThrow().attributes())
        .containsEntry("for", Namespaces.RETRACT);

    flows.receives(ADA.deletes("d2", ADA.post("1")), ADA);
    edits("1", "Hello?", "", ROMEO);
    writes(ADA, "1", "Hello", "", ROMEO);
    assertThat(flows.told()).isEmpty();
  }

  private String reacts(String name, String emoji, URI what) {
    return ADA.says(name, "Like", "\"" + what + "\"")
        .replaceFirst("}$", ",\"content\":\"" + emoji + "\"}");
  }

  private static List<String> emojis(Notice notice) {
    return notice
        .message()
        .child("reactions", Namespaces.REACTIONS)
        .orElseThrow()
        .elements()
        .stream()
        .map(Element::text)
        .toList();
  }

  @Test
  void whatTheOtherThinksOfAMessageIsShownInItsChat() {
    flows
        .messages()
        .said(
            ROMEO,
            flows.virtual(ADA),
            ChatReader.read(
                Notice.of("<message xmlns='jabber:client' id='m1'><body>Hi</body></message>")
                    .message()));
    URI note = URI.create(flows.sent().getFirst().text("/object/id"));

    flows.receives(reacts("l1", "👍", note), ADA);
    Notice first = onlyOne();
    assertThat(id(first, "reactions", Namespaces.REACTIONS)).isEqualTo("m1");
    assertThat(first.to()).isEqualTo(ROMEO.toString());
    assertThat(emojis(first)).containsExactly("👍");
    flows.receives(ADA.says("l2", "Like", "\"" + note + "\""), ADA);
    assertThat(emojis(onlyOne())).containsExactlyInAnyOrder("👍", "❤️");

    flows.receives(ADA.says("u", "Undo", reacts("l1", "👍", note)), ADA);
    assertThat(emojis(onlyOne())).containsExactly("❤️");
    flows.receives(ADA.says("u2", "Undo", "\"" + ADA.activity("l2") + "\""), ADA);
    assertThat(emojis(onlyOne())).isEmpty();
  }

  @Test
  void nobodyElseReactsToAMessage() {
    writes(ADA, "1", "Hello", "", ROMEO);
    flows.told();

    flows.receives(EVE.says("l1", "Like", "\"" + ADA.post("1") + "\""), EVE);

    assertThat(flows.told()).isEmpty();
    assertThat(flows.rows("reaction")).isZero();
  }

  @Test
  void nobodyEditsOrDeletesTheMessageOfAnother() {
    Peer mallory = Peer.of("mallory", "social.example").joins(flows.fediverse());
    writes(ADA, "1", "Hello", "", ROMEO);
    flows.told();

    flows.receives(mallory.deletes("d", ADA.post("1")), mallory);
    String forged =
        note(ADA, "1", "I hate you", "", ROMEO)
            .replace(ADA.id().toString(), mallory.id().toString());
    flows.receives(mallory.updates("u", forged), mallory);
    flows.receives(mallory.creates("c", forged), mallory);

    assertThat(flows.told()).isEmpty();
  }

  @Test
  void aForgedSenderIsRefused() {
    String note = note(ADA, "1", "Hello", "", ROMEO);

    assertThat(flows.receive(EVE.creates("c", note), EVE.id())).isInstanceOf(Verdict.Refused.class);
    assertThat(flows.receive(ADA.creates("c", note), EVE.id())).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aMessageToNobodyHereIsNone() {
    writes(ADA, "1", "Hello", "", Jid.of("nobody@example.org"));
    writes(ADA, "2", "Hello", "", Jid.of("iago@elsewhere.example"));

    assertThat(flows.told()).isEmpty();
    assertThat(flows.rows("message")).isZero();
  }

  @Test
  void aThousandReadersAreNoBurden() {
    Jid[] many =
        Stream.iterate(0, i -> i + 1)
            .limit(1_000)
            .map(i -> i == 0 ? ROMEO : Jid.of("p" + i + "@example.org"))
            .toArray(Jid[]::new);
    flows.fediverse().forgetsQuestions();
    writes(ADA, "1", "Hello", "", many);

    List<Notice> told = flows.told();
    assertThat(told).hasSizeLessThanOrEqualTo(1);
    told.forEach(notice ->
        assertThat(notice.message().child("addresses", Namespaces.ADDRESS).orElseThrow().elements())
            .hasSizeLessThanOrEqualTo(21));
    assertThat(flows.fediverse().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"to\":[\"ROMEO\",\"ADA/followers\"]",
        "\"to\":[\"ROMEO\"],\"cc\":[\"ADA/followers\"]",
        "\"to\":[\"ROMEO\"],\"cc\":[\"https://www.w3.org/ns/activitystreams#Public\"]"
      })
  void whatIsForOthersTooIsNoMessage(String addressing) {
    String all =
        addressing
            .replace("ROMEO", flows.urls().actor(ROMEO).toString())
            .replace("ADA", ADA.id().toString());
    flows.receives(
        ADA.creates("c", ADA.note("1", "Hello", flows.now(), Optional.empty(), all)), ADA);

    assertThat(flows.rows("message")).isZero();
  }

  @Test
  void somebodyWhoIsNamedAndNotMentionedGetsAMessageToo() {
    flows.receives(
        ADA.creates("c", ADA.note("1", "Hello", flows.now(), Optional.empty(), to(ROMEO))), ADA);

    assertThat(child(onlyOne(), "body")).isEqualTo("Hello");
  }

  @Test
  void whoBlocksLeftOrNeverCameGetsNone() {
    flows.blocks().block(ROMEO, "social.example");
    writes(ADA, "1", "Hello", "", ROMEO, JULIET);
    assertThat(flows.told()).extracting(Notice::to).containsExactly(JULIET.toString());

    flows.membership().leave(JULIET);
    writes(ADA, "2", "Hello", "", JULIET);
    assertThat(flows.told()).isEmpty();
    flows.restart(new Choices(Consent.OPT_IN, true));
    writes(BOB, "3", "Hello", "", ROMEO);
    assertThat(flows.told()).isEmpty();
  }

  @Test
  void aFloodOfOneEnds() {
    for (int i = 0; i < 210; i++) {
      writes(ADA, "n" + i, "Hello " + i, "", ROMEO);
    }
    writes(BOB, "1", "Hello", "", ROMEO);

    assertThat(flows.told()).hasSize(201);
  }

  @Test
  void whatTheReaderWritesDoesNotCountAsAFlood() {
    for (int i = 0; i < 210; i++) {
      if (i % MessageBridge.MAX_A_MINUTE == 0) {
        flows.advance(Duration.ofMinutes(1));
      }
      flows
          .messages()
          .said(
              ROMEO,
              flows.virtual(ADA),
              ChatReader.read(
                  Notice.of(
                          "<message xmlns='jabber:client' id='m"
                              + i
                              + "'><body>Hi</body></message>")
                      .message()));
    }
    writes(ADA, "1", "Hello", "", ROMEO);

    assertThat(child(onlyOne(), "body")).isEqualTo("Hello");
  }

  @Test
  void aFloodOfEditsEnds() {
    writes(ADA, "1", "Hello", "", ROMEO);
    flows.told();
    String updated = "\"updated\":\"" + flows.now().plusSeconds(1) + "\",";
    for (int i = 0; i < 100; i++) {
      flows.receives(ADA.updates("flood" + i, note(ADA, "1", "Hello " + i, updated, ROMEO)), ADA);
    }
    assertThat(flows.told()).hasSizeLessThan(50);

    edits("1", "The end", "", ROMEO);
    assertThat(child(onlyOne(), "body")).isEqualTo("The end");
  }

  @Test
  void aFloodOfReactionsEnds() {
    writes(ADA, "1", "Hello", "", ROMEO);
    flows.told();
    for (int i = 0; i < 50; i++) {
      flows.advance(Duration.ofSeconds(1));
      flows.receives(ADA.says("l" + i, "Like", "\"" + ADA.post("1") + "\""), ADA);
      flows.receives(ADA.says("u" + i, "Undo", "\"" + ADA.activity("l" + i) + "\""), ADA);
    }

    assertThat(flows.told()).hasSizeLessThan(50);
  }

  private static String chat(URI by, URI whom, String more) {
    return """
    {"id":"%1$s/chats/1","type":"ChatMessage","attributedTo":"%1$s","to":["%2$s"],
     "content":"You expected a <b>cute</b> girl?<script>alert(1)</script>",
     "published":"2026-01-02T10:00:00Z"%3$s}
    """
        .formatted(by, whom, more);
  }

  @Test
  void chatMessagesOfPleromaAndOldLemmyAreRead() {
    URI romeo = flows.urls().actor(ROMEO);
    flows.receives(ADA.says("c1", "Create", chat(ADA.id(), romeo, "")), ADA);
    assertThat(child(onlyOne(), "body")).isEqualTo("You expected a cute girl?");

    String file =
        ",\"attachment\":{\"type\":\"Document\",\"mediaType\":\"image/png\",\"url\":"
            + "[{\"type\":\"Link\",\"mediaType\":\"image/png\",\"href\":\"https://other.example/1.png\"}]}";
    flows.receives(
        BOB.says("c2", "Create", chat(BOB.id(), romeo, file).replaceFirst("\"content\".*\n", "")),
        BOB);
    assertThat(child(onlyOne(), "body")).isEqualTo("https://other.example/1.png");
  }

  @Test
  void aChatWithoutThreadsIsOneThread() {
    URI romeo = flows.urls().actor(ROMEO);
    String first = chat(ADA.id(), romeo, "");
    flows.receives(ADA.says("c1", "Create", first), ADA);
    String thread = child(onlyOne(), "thread");
    flows.advance(Duration.ofHours(1));
    flows.receives(ADA.says("c2", "Create", first.replace("chats/1", "chats/2")), ADA);

    assertThat(child(onlyOne(), "thread")).isEqualTo(thread);
  }

  @Test
  void aFileThatAnEditAddsOrTakesAwayComesOrGoes() {
    String cat =
        "\"attachment\":[{\"type\":\"Document\",\"mediaType\":\"image/png\","
            + "\"url\":\"https://social.example/cat.png\"}],";
    writes(ADA, "1", "Look", "", ROMEO);
    flows.told();
    edits("1", "Look", cat, ROMEO);
    List<Notice> added = flows.told();
    assertThat(added)
        .extracting(notice -> child(notice, "body"))
        .contains("https://social.example/cat.png");
    String file =
        added.stream()
            .filter(notice -> notice.message().child("x", Namespaces.OOB).isPresent())
            .map(Notice::id)
            .findFirst()
            .orElseThrow();

    edits("1", "Look", "", ROMEO);
    assertThat(flows.told())
        .extracting(notice -> id(notice, "retract", Namespaces.RETRACT))
        .contains(file);
  }

  @Test
  void aChatMessageToEverybodyIsNoPost() {
    flows.follows(JULIET, ADA);
    String all = chat(ADA.id(), URI.create("https://www.w3.org/ns/activitystreams#Public"), "");
    flows.receives(ADA.says("c1", "Create", all), ADA);

    assertThat(flows.told()).isEmpty();
    assertThat(flows.rows("remote_post")).isZero();
  }

  @Test
  void whoIsDownAtFirstIsHeardLater() {
    flows.fediverse().goesDown("late.example");
    Peer late = Peer.of("late", "late.example").joins(flows.fediverse());
    writes(late, "1", "Hello", "", ROMEO);
    assertThat(flows.told()).isEmpty();
    flows.fediverse().goesUp("late.example");
    flows.advance(Duration.ofMinutes(2));
    flows.work();

    assertThat(child(onlyOne(), "body")).isEqualTo("Hello");
  }
}
