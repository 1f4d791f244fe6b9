package im.tombolo.xmpp.service;

import static im.tombolo.xmpp.service.FakePeers.note;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlogItemsTest {
  private static final String ADA = Stage.jid("ada");
  private static final String FOLLOWERS = FakePeers.id("ada") + "/followers";

  private final Stage stage = new Stage();

  @BeforeEach
  void adaWithFivePosts() {
    stage.peers.add("ada", 5);
  }

  private static String items(String attributes, String ids, String beside) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:microblog:0' "
        + attributes
        + ">"
        + ids
        + "</items>"
        + beside
        + "</pubsub>";
  }

  private static String page(String inSet) {
    return items("", "", "<set xmlns='http://jabber.org/protocol/rsm'>" + inSet + "</set>");
  }

  private static String descending(String inSet) {
    return items(
        "",
        "",
        "<set xmlns='http://jabber.org/protocol/rsm'>"
            + inSet
            + "</set><order xmlns='urn:xmpp:order-by:1' by='creation' desc='true'/>");
  }

  private static String id(int number) {
    return Stage.item("ada", number);
  }

  /** Numbers of the posts of an answer, with the first and the last of its result set. */
  private static String numbers(IqReply reply) {
    Element pubsub = Stage.payload(reply);
    Element set = pubsub.child("set", Namespaces.RSM).orElseThrow();
    return ids(pubsub).stream().map(BlogItemsTest::number).collect(Collectors.joining(" "))
        + set.child("first", Namespaces.RSM)
            .map(first -> " first " + number(first.text()))
            .orElse("")
        + set.child("last", Namespaces.RSM).map(last -> " last " + number(last.text())).orElse("")
        + " of "
        + set.child("count", Namespaces.RSM).orElseThrow().text();
  }

  private static String number(String id) {
    String plain = id.replaceFirst("^d:", "");
    return IntStream.range(0, 100)
        .filter(i -> id(i).equals(plain))
        .mapToObj(i -> id.length() == plain.length() ? "" + i : "d:" + i)
        .findFirst()
        .orElse("?");
  }

  private static List<String> ids(Element pubsub) {
    return pubsub.child("items", Namespaces.PUBSUB).orElseThrow().elements().stream()
        .map(item -> item.attributeOr("id", ""))
        .toList();
  }

  @Test
  void anItemIsAnAtomEntryOfTheJidThatWasAsked() {
    Element item =
        Stage.payload(stage.get(ADA, items("", "<item id='" + id(3) + "'/>", "")))
            .elements()
            .getFirst()
            .elements()
            .getFirst();

    assertThat(item.attributes()).containsEntry("id", id(3)).containsEntry("publisher", ADA);
    assertThat(item.elements())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.is("entry", Namespaces.ATOM)).isTrue();
          assertThat(entry.child("id", Namespaces.ATOM).orElseThrow().text())
              .isEqualTo("https://social.example/ada/posts/3");
          assertThat(entry.child("published", Namespaces.ATOM).orElseThrow().text())
              .isEqualTo("2026-01-01T10:03:00Z");
          assertThat(entry.child("author", Namespaces.ATOM).orElseThrow().text())
              .isEqualTo("Miss ada" + "xmpp:" + ADA);
          assertThat(entry.text()).contains("post 3");
        });
  }

  @Test
  void withoutALimitTheBlogIsOldestFirst() {
    assertThat(numbers(stage.get(ADA, items("", "", ""))))
        .isEqualTo("1 2 3 4 5 first 1 last 5 of 5");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5 first d:5 last d:5 of 5",
    "2, 5 4 first d:5 last d:4 of 5",
    "100, 5 4 3 2 1 first d:5 last d:1 of 5"
  })
  void maxItemsAreTheNewestOnesFirst(int max, String expected) {
    assertThat(numbers(stage.get(ADA, items("max_items='" + max + "'", "", ""))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <max>2</max>                         | 1 2 first 1 last 2 of 5
          <max>2</max><after>2</after>         | 3 4 first 3 last 4 of 5
          <max>2</max><after>4</after>         | 5 first 5 last 5 of 5
          <max>2</max><after>5</after>         | ` of 5`
          <max>2</max><before/>                | 4 5 first 4 last 5 of 5
          <max>2</max><before>4</before>       | 2 3 first 2 last 3 of 5
          <max>2</max><before>2</before>       | 1 first 1 last 1 of 5
          <max>2</max><before>1</before>       | ` of 5`
          <max>0</max>                         | ` of 5`
          <before>3</before>                   | 1 2 first 1 last 2 of 5
          <max>2</max><before>d:5</before>     | 4 3 first d:4 last d:3 of 5
          <max>2</max><before>d:2</before>     | 1 first d:1 last d:1 of 5
          """)
  void resultSetsPageFromOldToNew(String inSet, String expected) {
    assertThat(numbers(stage.get(ADA, page(cursors(inSet))))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <max>2</max>                         | 5 4 first 5 last 4 of 5
          <max>2</max><after>4</after>         | 3 2 first 3 last 2 of 5
          <max>2</max><after>1</after>         | ` of 5`
          <max>2</max><before/>                | 2 1 first 2 last 1 of 5
          <max>2</max><before>2</before>       | 4 3 first 4 last 3 of 5
          """)
  void aDescendingOrderPagesFromNewToOld(String inSet, String expected) {
    assertThat(numbers(stage.get(ADA, descending(cursors(inSet))))).isEqualTo(expected);
  }

  @Test
  void theOrderOfLiberviaIsAscending() {
    String order = "<order xmlns='urn:xmpp:order-by:0' by='creation'/>";
    assertThat(numbers(stage.get(ADA, items("max_items='2'", "", order))))
        .isEqualTo("4 5 first 4 last 5 of 5");
  }

  /** Numbers of posts as ids of items. */
  private static String cursors(String inSet) {
    String result = inSet.strip();
    for (int i = 1; i <= 5; i++) {
      result =
          result
              .replace("<after>" + i, "<after>" + id(i))
              .replace("<before>" + i, "<before>" + id(i))
              .replace("<before>d:" + i, "<before>d:" + id(i));
    }
    return result;
  }

  @Test
  void aResultSetMayStandBeforeTheItems() {
    assertThat(
            numbers(
                stage.get(
                    ADA,
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                        + "<set xmlns='http://jabber.org/protocol/rsm'><max>1</max></set>"
                        + "<items node='urn:xmpp:microblog:0'/></pubsub>")))
        .isEqualTo("1 first 1 last 1 of 5");
  }

  @Test
  void itemsAreFoundByTheirIds() {
    String wanted = "<item id='%s'/><item id='no-such'/><item id='%s'/>".formatted(id(4), id(2));

    assertThat(ids(Stage.payload(stage.get(ADA, items("", wanted, "")))))
        .containsExactly(id(4), id(2));
  }

  @Test
  void idsWinOverPaging() {
    assertThat(
            ids(
                Stage.payload(
                    stage.get(
                        ADA,
                        items(
                            "max_items='1'",
                            "<item id='" + id(2) + "'/>",
                            "<set xmlns='http://jabber.org/protocol/rsm'><max>1</max></set>")))))
        .containsExactly(id(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<items node='urn:xmpp:microblog:0'><item id='no-such'/></items>",
        "<items node='urn:xmpp:microblog:0'/><set xmlns='http://jabber.org/protocol/rsm'>"
            + "<after>no-such</after></set>",
        "<items node='urn:xmpp:microblog:0'/><set xmlns='http://jabber.org/protocol/rsm'>"
            + "<before>d:no-such</before></set>",
        "<items node='no-such'/>",
        "<items node='urn:xmpp:microblog:0:comments/x'/>"
      })
  void whatIsNotThereIsNotFound(String content) {
    assertThat(
            Stage.words(
                stage.get(
                    ADA,
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + content + "</pubsub>")))
        .isEqualTo("item-not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<max>many</max>", "<max>-1</max>", "<max/>", "<max>1.5</max>"})
  void aLimitThatIsNoNumberIsABadRequest(String inSet) {
    assertThat(Stage.words(stage.get(ADA, page(inSet)))).isEqualTo("bad-request");
  }

  @Test
  void aLimitBeyondAllNumbersIsJustALargeOne() {
    assertThat(numbers(stage.get(ADA, items("max_items='99999999999'", "", ""))))
        .isEqualTo("5 4 3 2 1 first d:5 last d:1 of 5");
  }

  @Test
  void aPageHoldsAHundredItemsAtMost() {
    assertThat(PageRequest.read(Stage.xml("<pubsub/>"), Stage.xml("<items max_items='5000'/>")))
        .extracting(reading -> reading.value().orElseThrow().max())
        .isEqualTo(100);
  }

  @Test
  void anEmptyBlogIsAnEmptyAnswer() {
    stage.peers.add("carl", 0);

    assertThat(numbers(stage.get(Stage.jid("carl"), items("", "", "")))).isEqualTo(" of 0");
  }

  @Test
  void aPageIsCutWhereStanzasGetTooLong() {
    String text = "x".repeat(30_000);
    stage.peers.add(
        "dora",
        IntStream.rangeClosed(1, 5).mapToObj(i -> note("dora", i, text)).toArray(String[]::new));

    Element pubsub = Stage.payload(stage.get(Stage.jid("dora"), page("<max>5</max>")));

    assertThat(XmlWriter.write(pubsub).length()).isLessThan(152_000);
    assertThat(ids(pubsub)).containsExactly(Stage.item("dora", 1), Stage.item("dora", 2));
    assertThat(pubsub.child("set", Namespaces.RSM).orElseThrow().text())
        .isEqualTo(Stage.item("dora", 1) + Stage.item("dora", 2) + "5");
  }

  @Test
  void aStrangerSeesNothingForFollowers() {
    stage.peers.add("ada", note("ada", 1, "for all"), note("ada", 2, "for followers", FOLLOWERS));

    assertThat(numbers(stage.get(ADA, items("", "", "")))).isEqualTo("1 first 1 last 1 of 1");
    assertThat(Stage.words(stage.get(ADA, items("", "<item id='" + id(2) + "'/>", ""))))
        .isEqualTo("item-not-found");
  }

  @Test
  void onePersonsPostIsNotAnItemOfAnother() {
    stage.peers.add("bob", 1);
    stage.get(Stage.jid("bob"), items("", "", ""));

    assertThat(
            Stage.words(stage.get(ADA, items("", "<item id='" + Stage.item("bob", 1) + "'/>", ""))))
        .isEqualTo("item-not-found");
  }

  @Test
  void aPeerThatIsDownIsATimeout() {
    stage.peers.silent("carl");

    assertThat(Stage.words(stage.get(Stage.jid("carl"), items("", "", ""))))
        .isEqualTo("remote-server-timeout");
  }

  @Test
  void anOutboxThatDoesNotAnswerIsATimeoutWhileNothingIsKnown() {
    stage.peers.silentOutbox("ada");

    assertThat(Stage.words(stage.get(ADA, items("", "", "")))).isEqualTo("remote-server-timeout");
    assertThat(Stage.words(stage.get(ADA, items("", "<item id='" + id(1) + "'/>", ""))))
        .isEqualTo("remote-server-timeout");
  }

  @Test
  void whatWasReadOnceIsNotAskedForAgain() {
    stage.get(ADA, items("", "", ""));
    int questions = stage.peers.asked().size();

    stage.get(ADA, items("max_items='1'", "", ""));
    stage.get(ADA, items("", "<item id='" + id(1) + "'/>", ""));

    assertThat(stage.peers.asked()).hasSize(questions);
  }

  @Test
  void somebodyWhoIsGoneIsNotFound() {
    stage.peers.gone("ada");

    assertThat(Stage.words(stage.get(ADA, items("", "", "")))).isEqualTo("item-not-found");
  }
}
