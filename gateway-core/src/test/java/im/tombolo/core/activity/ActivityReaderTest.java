package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Audience;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.Visibility;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityReaderTest {
  private static final URI ID = URI.create("https://a.example/activities/1");
  private static final URI ADA = URI.create("https://a.example/ada");
  private static final URI ROMEO = URI.create("https://gw.example/users/gw.example/romeo");

  private static String activity(String type, String object) {
    return """
    {"id":"%s","type":"%s","actor":"%s","to":["as:Public"],"object":%s}
    """
        .formatted(ID, type, ADA, object);
  }

  private static IncomingActivity read(String json) {
    return ActivityReader.read(json).value().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://gw.example/activities/f\"",
        "{\"id\":\"https://gw.example/activities/f\",\"type\":\"Follow\"}",
        "[{\"id\":\"https://gw.example/activities/f\",\"type\":[\"Follow\"],\"object\":\"x\"}]"
      })
  void anAcceptNamesTheFollowInAnyForm(String object) {
    assertThat(read(activity("Accept", object)))
        .isEqualTo(
            new IncomingActivity.Accept(
                ID,
                ADA,
                Optional.of(URI.create("https://gw.example/activities/f")),
                Optional.empty(),
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"https://a.example/f\",\"type\":\"Follow\",\"actor\":\"https://a.example/ada\",\"object\":\"https://gw.example/users/gw.example/romeo\"}",
        "{\"id\":\"https://a.example/f\",\"type\":\"Follow\",\"object\":{\"id\":\"https://gw.example/users/gw.example/romeo\"}}"
      })
  void anUndoOfAFollowSaysWhomItFollowed(String object) {
    assertThat(read(activity("Undo", object)))
        .isEqualTo(
            new IncomingActivity.UndoFollow(ID, ADA, URI.create("https://a.example/f"), ROMEO));
  }

  /** As snac sends it: named after the followed actor, and that actor for an object. */
  @Test
  void anUndoWithAnIdOfTheOtherSideGetsAnIdOfItsOwn() {
    String json =
        """
        {"type":"Undo","id":"%s/Undo_1","actor":"%s","object":"%s"}
        """
            .formatted(ROMEO, ADA, ROMEO);
    assertThat(read(json))
        .isInstanceOfSatisfying(
            IncomingActivity.UndoById.class,
            undo -> {
              assertThat(undo.undone()).isEqualTo(ROMEO);
              assertThat(undo.id().toString()).startsWith(ADA + "#undo-");
            });
    assertThat(read(json)).isEqualTo(read(json));
    assertThat(read(json.replace(ADA + "\"", ADA + "#me\"")).id().toString())
        .startsWith(ADA + "#undo-");
  }

  @Test
  void aDeleteReachesNoFurtherThanItsServer() {
    assertThat(ActivityReader.read(activity("Delete", "\"https://b.example/1\"")))
        .isInstanceOf(Reading.Refused.class);
    assertThat(read(activity("Delete", "{\"type\":\"Tombstone\",\"id\":\"https://a.example/1\"}")))
        .isEqualTo(new IncomingActivity.Delete(ID, ADA, URI.create("https://a.example/1")));
  }

  @Test
  void case12_aModeratorsUpdateOfAGroupConcernsNobody() {
    String group = "{\"type\":\"Group\",\"id\":\"https://a.example/c/x\"}";
    assertThat(read(activity("Update", group)))
        .isEqualTo(new IncomingActivity.Other(ID, ADA, "Update"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"attributedTo\":\"https://a.example/ada\",",
        "\"attributedTo\":[\"https://a.example/group\",{\"id\":\"https://a.example/ada\"}],",
        "\"attributedTo\":\"https://a.example/group\",\"actor\":\"https://a.example/ada\","
      })
  void case23_theAuthorIsTheActorWhereThePostAllowsIt(String authors) {
    String note =
        "{" + authors + "\"id\":\"https://a.example/1\",\"type\":\"Note\",\"content\":\"x\"}";
    assertThat(read(activity("Create", note)))
        .isInstanceOfSatisfying(
            IncomingActivity.CreatePost.class,
            create -> assertThat(create.post().author()).isEqualTo(ADA));
  }

  /** GoToSocial sends the votes of one person as one Create. */
  @Test
  void severalObjectsAreNoPost() {
    assertThat(read(activity("Create", "[{\"type\":\"Note\"},{\"type\":\"Note\"}]")))
        .isInstanceOf(IncomingActivity.Other.class);
  }

  @Test
  void whatIsTooDeepOrTooLongIsRefused() {
    String deep = "[".repeat(70) + "]".repeat(70);
    assertThat(ActivityReader.read(activity("Like", deep))).isInstanceOf(Reading.Refused.class);
    String text = "\"" + "x".repeat(1 << 20) + "\"";
    assertThat(ActivityReader.read(activity("Like", text))).isInstanceOf(Reading.Refused.class);
    assertThat(ActivityReader.read("")).isInstanceOf(Reading.Refused.class);
    assertThat(ActivityReader.read("{} {}")).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void anActorWithoutANameIsCalledByItsHost() {
    RemoteActor actor =
        ActorReader.read(
                """
                {"id":"https://a.example/actor","type":"Application",
                 "inbox":"https://a.example/actor/inbox","sharedInbox":"https://b.example/inbox",
                 "publicKey":[{"id":"https://a.example/actor#k","owner":"https://a.example/actor",
                  "publicKeyPem":"PEM"},{"id":"https://a.example/actor#l",
                  "owner":"https://a.example/other","publicKeyPem":"PEM"}]}
                """,
                Instant.EPOCH)
            .value()
            .orElseThrow();
    assertThat(actor.handle()).hasToString("a.example@a.example");
    assertThat(actor.endpoints().sharedInbox()).isEmpty();
    assertThat(actor.keys()).extracting(key -> key.id().getFragment()).containsExactly("k");
  }

  @Test
  void anInboxOnAnotherServerIsNone() {
    assertThat(
            ActorReader.read(
                """
                {"id":"https://a.example/ada","type":"Person","preferredUsername":"ada",
                 "inbox":"https://victim.example/inbox"}
                """,
                Instant.EPOCH))
        .isInstanceOf(Reading.Refused.class);
  }

  @Test
  void anAcceptOfAFollowWithoutAnIdNamesWhoseItWas() {
    String follow =
        "{\"type\":\"Follow\",\"actor\":\"%s\",\"object\":\"%s\"}".formatted(ROMEO, ADA);
    assertThat(read(activity("Accept", follow)))
        .isEqualTo(
            new IncomingActivity.Accept(
                ID, ADA, Optional.empty(), Optional.of(ROMEO), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"https://a.example/v\",\"type\":\"Note\",\"name\":\"Yes\",\"inReplyTo\":\"https://gw.example/q\"}",
        "[{\"id\":\"https://a.example/v\",\"type\":\"Note\",\"name\":\"Yes\",\"inReplyTo\":\"https://gw.example/q\"}]"
      })
  void aNoteThatOnlyHasANameIsAVote(String note) {
    assertThat(read(activity("Create", note)))
        .isEqualTo(
            new IncomingActivity.Vote(ID, ADA, URI.create("https://gw.example/q"), List.of("Yes")));
  }

  @Test
  void case79_severalVotesComeInOneCreate() {
    String notes =
        "[{\"type\":\"Note\",\"name\":\"A\",\"inReplyTo\":\"https://gw.example/q\"},"
            + "{\"type\":\"Note\",\"name\":\"B\",\"inReplyTo\":\"https://gw.example/q\"}]";
    assertThat(read(activity("Create", notes)))
        .isEqualTo(
            new IncomingActivity.Vote(
                ID, ADA, URI.create("https://gw.example/q"), List.of("A", "B")));
  }

  @Test
  void aVoteOfSomebodyElseIsNone() {
    String note =
        "{\"id\":\"https://a.example/v\",\"type\":\"Note\",\"name\":\"Yes\",\"attributedTo\":\"https://b.example/b\",\"inReplyTo\":\"https://gw.example/q\"}";
    assertThat(ActivityReader.read(activity("Create", note)).value()).isNotPresent();
  }

  @Test
  void somebodyAsksToQuote() {
    String json =
        """
        {"id":"%s","type":"QuoteRequest","actor":"%s","object":"https://gw.example/p",
         "instrument":{"id":"https://a.example/q","type":"Note","content":"x"}}
        """
            .formatted(ID, ADA);
    assertThat(read(json))
        .isEqualTo(
            new IncomingActivity.QuoteRequest(
                ID, ADA, URI.create("https://gw.example/p"), URI.create("https://a.example/q")));
  }

  @Test
  void nobodyAsksToQuoteInThePostOfAnotherServer() {
    String json =
        """
        {"id":"%s","type":"QuoteRequest","actor":"%s","object":"https://gw.example/p",
         "instrument":"https://b.example/q"}
        """
            .formatted(ID, ADA);
    assertThat(ActivityReader.read(json).value()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"Follow\",\"actor\":\"https://gw.example/r\",\"object\":\"https://b.example/bob\"}",
        "{\"type\":\"Join\",\"actor\":\"https://gw.example/r\",\"object\":\"https://a.example/ada\"}",
        "{\"type\":\"Follow\"}"
      })
  void nobodyAnswersForWhatWasNotAskedOfThem(String object) {
    assertThat(read(activity("Accept", object)))
        .isEqualTo(new IncomingActivity.Other(ID, ADA, "Accept"));
    assertThat(read(activity("Reject", object)))
        .isEqualTo(new IncomingActivity.Other(ID, ADA, "Reject"));
  }

  @Test
  void aRejectOfAFollowWithoutAnIdNamesWhoseItWas() {
    String follow =
        "{\"type\":\"Follow\",\"actor\":\"%s\",\"object\":\"%s\"}".formatted(ROMEO, ADA);
    assertThat(read(activity("Reject", follow)))
        .isEqualTo(new IncomingActivity.Reject(ID, ADA, Optional.empty(), Optional.of(ROMEO)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://gw.example/r\"",
        "{\"id\":\"https://gw.example/r\",\"type\":\"QuoteRequest\",\"actor\":\"https://gw.example/users/x\"}"
      })
  void anAcceptOfAQuoteRequestBringsTheStamp(String object) {
    String json =
        activity("Accept", object)
            .replace("\"to\":", "\"result\":\"https://a.example/stamps/1\",\"to\":");
    assertThat(read(json))
        .isEqualTo(
            new IncomingActivity.Accept(
                ID,
                ADA,
                Optional.of(URI.create("https://gw.example/r")),
                Optional.empty(),
                Optional.of(URI.create("https://a.example/stamps/1"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content\":\"<p>Yes</p>\"",
        "\"contentMap\":{\"en\":\"Yes\"}",
        "\"attachment\":{\"type\":\"Image\",\"url\":\"https://a.example/1.png\"}"
      })
  void anAnswerThatSaysOrShowsSomethingIsNoVote(String something) {
    String note =
        "{\"id\":\"https://a.example/v\",\"type\":\"Note\",\"name\":\"Yes\",\"inReplyTo\":\"https://gw.example/q\","
            + something
            + "}";
    assertThat(read(activity("Create", note))).isInstanceOf(IncomingActivity.CreatePost.class);
  }

  @Test
  void votesInSeveralPollsAreNone() {
    String notes =
        "[{\"type\":\"Note\",\"name\":\"A\",\"inReplyTo\":\"https://gw.example/q\"},"
            + "{\"type\":\"Note\",\"name\":\"B\",\"inReplyTo\":\"https://gw.example/other\"}]";
    assertThat(read(activity("Create", notes))).isInstanceOf(IncomingActivity.Other.class);
  }

  @Test
  void whatSortOfThingWasDeletedDoesNotMatter() {
    String gone = "{\"type\":\"Tombstone\",\"formerType\":\"Note\",\"id\":\"https://a.example/1\"}";
    assertThat(read(activity("Delete", gone)))
        .isEqualTo(new IncomingActivity.Delete(ID, ADA, URI.create("https://a.example/1")));
  }

  @Test
  void case76_aReportNamesWhatItIsAbout() {
    assertThat(read(activity("Flag", "[\"https://a.example/1\",{\"id\":\"https://a.example/2\"}]")))
        .isEqualTo(
            new IncomingActivity.Flag(
                ID,
                ADA,
                List.of(URI.create("https://a.example/1"), URI.create("https://a.example/2")),
                ""));
  }

  @Test
  void aVoteAgainstAPostIsAThumbDown() {
    assertThat(read(activity("Dislike", "\"https://a.example/1\"")))
        .isEqualTo(
            new IncomingActivity.React(
                ID, ADA, URI.create("https://a.example/1"), Optional.of("\ud83d\udc4e")));
  }

  @Test
  void case73_aBlockNamesWhomItIsAbout() {
    URI romeo = URI.create("https://example.org/users/example.org/romeo");

    assertThat(read(activity("Block", "\"" + romeo + "\"")))
        .isEqualTo(new IncomingActivity.Block(ID, ADA, romeo));
    assertThat(
            read(
                activity(
                    "Undo",
                    "{\"id\":\"https://a.example/b\",\"type\":\"Block\",\"object\":\"%s\"}"
                        .formatted(romeo))))
        .isEqualTo(new IncomingActivity.UndoBlock(ID, ADA, romeo));
  }

  @Test
  void case73_aBanFromACommunityOrAServerIsNoBlockBetweenTwoPeople() {
    String ban =
        """
        {"id":"%s","type":"Block","actor":"%s","object":"https://example.org/romeo",
         "target":"https://a.example/c/cats"}
        """
            .formatted(ID, ADA);

    assertThat(read(ban)).isEqualTo(new IncomingActivity.Other(ID, ADA, "Block"));
    assertThat(read(activity("Undo", ban))).isEqualTo(new IncomingActivity.Other(ID, ADA, "Undo"));
  }

  @Test
  void whatAModeratorDecidesIsNamedAndBelievedByNobodyHere() {
    URI post = URI.create("https://b.example/1");
    String named = "\"" + post + "\"";
    String delete =
        """
        {"id":"%s","type":"Delete","actor":"%s","object":"%s","cc":["https://c.example/c/cats"]}
        """
            .formatted(ID, ADA, post);

    assertThat(read(delete)).isEqualTo(new IncomingActivity.TakeDown(ID, ADA, post));
    assertThat(read(activity("Undo", delete)))
        .isEqualTo(new IncomingActivity.Restore(ID, ADA, post));
    assertThat(read(activity("Lock", named)))
        .isEqualTo(new IncomingActivity.Lock(ID, ADA, post, true));
    assertThat(
            read(
                """
                {"id":"%s","type":"Add","actor":"%s","object":"%s",
                 "target":"https://c.example/c/cats/featured"}
                """
                    .formatted(ID, ADA, post)))
        .isEqualTo(
            new IncomingActivity.Feature(
                ID, ADA, post, URI.create("https://c.example/c/cats/featured"), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Move", "Ponder"})
  void whatWeDoNotKnowIsSomethingElse(String type) {
    assertThat(read(activity(type, "\"https://a.example/1\"")))
        .isEqualTo(new IncomingActivity.Other(ID, ADA, type));
  }

  @Test
  void anAnnounceSaysWhatItShowsAndToWhom() {
    String json =
        """
        {"id":"%s","type":"Announce","actor":"%s","object":"https://b.example/p",
         "published":"2026-01-02T10:00:00Z","to":"as:Public"}
        """
            .formatted(ID, ADA);
    assertThat(read(json))
        .isEqualTo(
            new IncomingActivity.Announce(
                ID,
                ADA,
                URI.create("https://b.example/p"),
                Audience.PUBLIC,
                Instant.parse("2026-01-02T10:00:00Z")));
  }

  private static final String CHAT =
      "{\"id\":\"https://a.example/1\",\"type\":\"ChatMessage\",\"attributedTo\":\"https://a.example/ada\","
          + "\"content\":\"Hi!\",\"to\":[\"%s\"]}";

  @ParameterizedTest
  @ValueSource(strings = {"https://gw.example/romeo", "as:Public", "https://a.example/followers"})
  void aChatMessageIsForNamedPeopleWhateverItSays(String to) {
    IncomingActivity read = read(activity("Create", CHAT.formatted(to)));
    assertThat(((IncomingActivity.CreatePost) read).post().audience().visibility())
        .isEqualTo(Visibility.LIMITED);
  }

  private static final URI POST = URI.create("https://gw.example/users/gw.example/romeo/posts/1");

  private static String reaction(String type, String more) {
    return """
    {"id":"%s","type":"%s","actor":"%s","object":"%s"%s}
    """
        .formatted(ID, type, ADA, POST, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          Like       |                                                | none
          Like       | ,"content":"❤"                                 | none
          Like       | ,"content":"❤️","_misskey_reaction":"❤️"       | none
          Like       | ,"content":"👍"                                | 👍
          Like       | ,"_misskey_reaction":"🔥"                      | 🔥
          Like       | ,"_misskey_reaction":"pudding"                 | none
          Like       | ,"content":":hanapog:"                         | none
          Like       | ,"content":"👌👌"                              | none
          Like       | ,"content":7                                   | none
          EmojiReact | ,"content":"❤"                                 | ❤
          EmojiReact | ,"content":"🔥"                                | 🔥
          EmojiReact | ,"content":":dinosaur:"                        | none
          EmojiReact | ,"content":":dinosaur@a.example:"              | none
          """)
  void aReactionSaysOneEmojiOrIsALike(String type, @Nullable String more, @Nullable String emoji) {
    assertThat(read(reaction(type, more == null ? "" : more)))
        .isEqualTo(new IncomingActivity.React(ID, ADA, POST, Optional.ofNullable(emoji)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"content\":\"👌👌\"", ",\"content\":\"nice\"", ",\"content\":[]"})
  void anEmojiReactOfNoEmojiIsNone(String more) {
    assertThat(read(reaction("EmojiReact", more)))
        .isEqualTo(new IncomingActivity.Other(ID, ADA, "EmojiReact"));
  }

  @Test
  void anUndoOfAReactionSaysWhichItWas() {
    String like = reaction("Like", ",\"content\":\"🔥\"").replace("activities/1", "likes/1");

    assertThat(read(activity("Undo", like)))
        .isEqualTo(
            new IncomingActivity.UndoReact(
                ID, ADA, URI.create("https://a.example/likes/1"), POST, Optional.of("🔥")));
  }

  @Test
  void nobodyTakesBackTheReactionOfAnother() {
    String like = reaction("Like", "").replace(ADA.toString(), "https://a.example/bob");

    assertThat(ActivityReader.read(activity("Undo", like)).value()).isEmpty();
  }
}
