package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every form of request gets at every kind of node, by the table {@code
 * pubsub-conformance.txt}. It has a block for each form: requests, of which the last one counts,
 * and below them the answers, each with the kinds of nodes that give it.
 */
class PubsubConformanceTest {
  private static final Path TABLE =
      Path.of("src/test/resources/im/tombolo/xmpp/service/pubsub-conformance.txt");
  private static final Pattern REQUEST =
      Pattern.compile(
          "(get|set|owner-get|owner-set|info|list|raw-get|raw-set)(?: as (\\S+))?(?: (.*))?");
  private static final Pattern ANSWER = Pattern.compile(" +([a-z0-9, -]+): (.*)");

  /** Serves until something may have changed there. */
  private static final AtomicReference<@Nullable ConformanceStage> SHARED = new AtomicReference<>();

  /** A form of request, and what it gets at each kind of node. */
  private record Form(List<String> requests, Map<ConformanceNode, String> answers) {
    String title() {
      return String.join(" ; ", requests);
    }
  }

  private static List<Form> forms() {
    List<Form> forms = new ArrayList<>();
    boolean begun = false;
    for (String line : lines()) {
      Matcher answer = ANSWER.matcher(line);
      if (answer.matches()) {
        for (String node : answer.group(1).split(", *")) {
          String twice =
              forms.getLast().answers().put(ConformanceNode.named(node), answer.group(2));
          assertThat(twice).as("%s twice below %s", node, forms.getLast().title()).isNull();
        }
        begun = false;
      } else if (REQUEST.matcher(line).matches()) {
        if (!begun) {
          forms.add(new Form(new ArrayList<>(), new LinkedHashMap<>()));
        }
        forms.getLast().requests().add(line);
        begun = true;
      } else {
        assertThat(line).as("a line of the table").matches("(#.*)?");
      }
    }
    return forms;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(TABLE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Stream<Arguments> rows() {
    return forms().stream()
        .flatMap(form ->
            form.answers().entrySet().stream()
                .map(row -> Arguments.of(row.getKey().title(), form.requests(), row.getValue())));
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("rows")
  void everyRequestGetsItsAnswer(String node, List<String> requests, String expected) {
    assertThat(answer(ConformanceNode.named(node), requests)).isEqualTo(expected);
  }

  @Test
  void everyFormIsAskedOfEveryKindOfNode() {
    assertThat(forms())
        .hasSizeGreaterThan(80)
        .allSatisfy(form ->
            assertThat(form.answers().keySet())
                .as(form.title())
                .containsExactlyInAnyOrder(ConformanceNode.values()));
  }

  private static String answer(ConformanceNode node, List<String> requests) {
    ConformanceStage stage = SHARED.updateAndGet(was -> was == null ? new ConformanceStage() : was);
    if (node.isChangeable() && requests.stream().anyMatch(line -> line.contains("set"))) {
      SHARED.set(null);
    }
    String answer = "";
    for (String request : requests) {
      answer = ask(stage, node, request);
    }
    return answer;
  }

  private static String ask(ConformanceStage stage, ConformanceNode node, String line) {
    Matcher request = REQUEST.matcher(line);
    assertThat(request.matches()).isTrue();
    Jid from = request.group(2) == null ? Stage.JULIET : Jid.of(request.group(2));
    String content = request.group(3) == null ? "" : request.group(3);
    String payload =
        switch (request.group(1)) {
          case "get", "set" -> element("pubsub", "http://jabber.org/protocol/pubsub", content);
          case "owner-get", "owner-set" ->
              element("pubsub", "http://jabber.org/protocol/pubsub#owner", content);
          case "info" -> element("query NODE", "http://jabber.org/protocol/disco#info", content);
          case "list" -> element("query NODE", "http://jabber.org/protocol/disco#items", content);
          default -> content;
        };
    return stage.ask(node, from, request.group(1).endsWith("set"), payload);
  }

  private static String element(String name, String namespace, String content) {
    return "<%s xmlns='%s'>%s</%s>".formatted(name, namespace, content, name.split(" ")[0]);
  }

  /** Writes the answers anew, to be looked at as a difference. */
  @BeforeAll
  static void write() throws IOException {
    SHARED.set(null);
    if (!Boolean.getBoolean("conformance.write")) {
      return;
    }
    List<String> written = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    for (String line : Stream.concat(lines().stream(), Stream.of("")).toList()) {
      if (REQUEST.matcher(line).matches()) {
        requests.add(line);
      } else if (!ANSWER.matcher(line).matches()) {
        if (!requests.isEmpty()) {
          written.addAll(requests);
          written.addAll(block(requests));
          requests.clear();
        }
        written.add(line);
      }
    }
    Files.writeString(TABLE, String.join("\n", written).strip() + "\n");
  }

  private static List<String> block(List<String> requests) {
    Map<String, List<String>> byAnswer = new LinkedHashMap<>();
    for (ConformanceNode node : ConformanceNode.values()) {
      byAnswer
          .computeIfAbsent(answer(node, requests), unseen -> new ArrayList<>())
          .add(node.title());
    }
    return byAnswer.entrySet().stream()
        .map(one -> "  " + String.join(", ", one.getValue()) + ": " + one.getKey())
        .toList();
  }
}
