package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
  private static final Jid SELF = Jid.of("ap.example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Element PAYLOAD = Element.of("query", "urn:q").build();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final List<Element> sent = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static Requests requests(Duration timeout, int atOnce) {
    return new Requests(SELF, timeout, atOnce, RandomGenerator.getDefault());
  }

  private Future<Answer<Element>> asked(Requests requests) {
    int before = sent.size();
    Future<Answer<Element>> answer =
        threads.submit(() -> requests.ask(ROMEO, "get", PAYLOAD, sent::add));
    await().until(() -> sent.size() > before);
    return answer;
  }

  private static Element reply(Element iq, String type, String from) {
    return Element.of("iq", Namespaces.JABBER_CLIENT)
        .attribute("type", type)
        .attribute("id", iq.attribute("id"))
        .attribute("from", from)
        .build();
  }

  @Test
  void aQuestionGoesOutInOurName() {
    asked(requests(LONG, 1));

    assertThat(sent.getFirst().attributes())
        .containsEntry("type", "get")
        .containsEntry("from", "ap.example.org")
        .containsEntry("to", "romeo@example.org")
        .containsKey("id");
    assertThat(sent.getFirst().elements()).containsExactly(PAYLOAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"romeo@example.org", "Romeo@Example.org"})
  void theAnswerOfWhomWasAskedIsTheAnswer(String from) throws Exception {
    Requests requests = requests(LONG, 1);
    Future<Answer<Element>> answer = asked(requests);
    Element result = reply(sent.getFirst(), "result", from);

    requests.answered(result);

    assertThat(answer.get()).isEqualTo(Answer.got(result));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eve@evil.example", "romeo@example.org/orchard", "example.org"})
  void theAnswerOfAnybodyElseIsNone(String from) throws Exception {
    Requests requests = requests(LONG, 1);
    Future<Answer<Element>> answer = asked(requests);
    Element honest = reply(sent.getFirst(), "result", "romeo@example.org");

    requests.answered(reply(sent.getFirst(), "error", from));
    requests.answered(honest);

    assertThat(answer.get()).isEqualTo(Answer.got(honest));
  }

  @Test
  void anAnswerToAnUnknownQuestionIsLeftAlone() throws Exception {
    Requests requests = requests(LONG, 1);
    Future<Answer<Element>> answer = asked(requests);
    Element honest = reply(sent.getFirst(), "result", "romeo@example.org");

    requests.answered(
        reply(Element.of("iq", "").attribute("id", "x").build(), "result", "romeo@example.org"));
    requests.answered(reply(Element.of("iq", "").build(), "result", "romeo@example.org"));
    requests.answered(honest);

    assertThat(answer.get()).isEqualTo(Answer.got(honest));
  }

  @Test
  void idsOfTwoGatewaysDiffer() {
    asked(requests(LONG, 1));
    asked(requests(LONG, 1));

    assertThat(sent).extracting(iq -> iq.attribute("id")).doesNotHaveDuplicates();
  }

  @Test
  void anErrorIsReadForWhatItMeans() throws Exception {
    Requests requests = requests(LONG, 1);
    Future<Answer<Element>> answer = asked(requests);

    requests.answered(
        reply(sent.getFirst(), "error", "romeo@example.org").toBuilder()
            .child(
                Element.of("error", Namespaces.JABBER_CLIENT)
                    .child(Element.of("item-not-found", Namespaces.STANZA_ERRORS).build())
                    .build())
            .build());

    assertThat(answer.get()).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void silenceIsUnavailable() {
    assertThat(requests(SHORT, 1).ask(ROMEO, "get", PAYLOAD, sent::add))
        .isEqualTo(new Answer.Unavailable<>("romeo@example.org did not answer"));
  }

  @Test
  void aLateAnswerHarmsNobody() {
    Requests requests = requests(SHORT, 1);
    requests.ask(ROMEO, "get", PAYLOAD, sent::add);

    requests.answered(reply(sent.getFirst(), "result", "romeo@example.org"));

    assertThat(requests.ask(ROMEO, "get", PAYLOAD, sent::add))
        .isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void whatCannotBeSentIsUnavailableAtOnce() {
    assertThat(requests(LONG, 1).ask(ROMEO, "get", PAYLOAD, iq -> false))
        .isEqualTo(new Answer.Unavailable<>(Requests.DOWN));
  }

  @Test
  void theEndOfTheStreamEndsAllQuestions() throws Exception {
    Requests requests = requests(LONG, 2);
    Future<Answer<Element>> one = asked(requests);
    Future<Answer<Element>> other = asked(requests);

    requests.giveUp();

    assertThat(List.of(one.get(), other.get()))
        .containsOnly(new Answer.Unavailable<>(Requests.DOWN));
  }

  @Test
  void moreQuestionsThanAllowedWaitInLine() throws Exception {
    Requests requests = requests(LONG, 1);
    Future<Answer<Element>> first = asked(requests);
    Future<Answer<Element>> second =
        threads.submit(() -> requests.ask(ROMEO, "get", PAYLOAD, sent::add));

    requests.answered(reply(sent.getFirst(), "result", "romeo@example.org"));
    first.get();
    await().until(() -> sent.size() == 2);
    Element answer = reply(sent.get(1), "result", "romeo@example.org");
    requests.answered(answer);

    assertThat(second.get()).isEqualTo(Answer.got(answer));
  }

  @Test
  void whoWaitsInLineForTooLongIsTurnedAway() {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Requests requests = requests(SHORT, 1);
    threads.submit(() ->
        requests.ask(
            ROMEO,
            "get",
            PAYLOAD,
            iq -> {
              busy.countDown();
              try {
                over.await();
              } catch (InterruptedException stopped) {
                return false;
              }
              return false;
            }));
    await().until(() -> busy.getCount() == 0);

    assertThat(requests.ask(ROMEO, "get", PAYLOAD, sent::add))
        .isEqualTo(new Answer.Unavailable<>("too many questions wait for the XMPP server"));
    assertThat(sent).isEmpty();
    over.countDown();
  }

  @Test
  void aPingWaitsInNoLine() throws Exception {
    Requests requests = requests(LONG, 1);
    asked(requests);

    Future<Boolean> ping = threads.submit(() -> requests.isAnswered(ROMEO, PAYLOAD, sent::add));
    await().until(() -> sent.size() == 2);
    requests.answered(reply(sent.get(1), "error", "romeo@example.org"));

    assertThat(ping.get()).isTrue();
  }

  @Test
  void aPingWithoutAnAnswerIsNotAnswered() {
    assertThat(requests(SHORT, 1).isAnswered(ROMEO, PAYLOAD, sent::add)).isFalse();
  }

  @Test
  void whoIsInterruptedWhileAPingIsUnderWayKnowsOfNoAnswer() throws Exception {
    Requests requests = requests(LONG, 1);
    CompletableFuture<Boolean> pong = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> pong.complete(requests.isAnswered(ROMEO, PAYLOAD, sent::add)));
    await().until(() -> sent.size() == 1);

    thread.interrupt();

    assertThat(pong.get()).isFalse();
  }
}
