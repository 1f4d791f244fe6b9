package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.model.IncomingActivity;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OvertakenTest {
  private static final String ADA = "https://social.example/ada";
  private static final String TO_ALL = "\"to\":\"https://www.w3.org/ns/activitystreams#Public\"";
  private static final String TO_FOLLOWERS = "\"to\":\"" + ADA + "/followers\"";

  /** Activities by their words: {@code edit P 2} is an edit of post P at second 2. */
  private static IncomingActivity activity(String words, int place) {
    String[] word = words.split(" ");
    String id = ADA + "/" + place;
    String what = word.length > 1 ? ADA + "/" + word[1] : "";
    String body =
        switch (word[0]) {
          case "create" -> says(id, "Create", note(what, "0", TO_ALL));
          case "edit" -> says(id, "Update", note(what, word[2], TO_ALL));
          case "narrow" -> says(id, "Update", note(what, word[2], TO_FOLLOWERS));
          case "profile" -> says(id, "Update", "{\"id\":\"" + ADA + "\",\"type\":\"Person\"}");
          case "delete" -> says(id, "Delete", "\"" + what + "\"");
          case "like", "repeat", "follow" ->
              says(
                  id,
                  switch (word[0]) {
                    case "like" -> "Like";
                    case "repeat" -> "Announce";
                    default -> "Follow";
                  },
                  "\"https://other.example/x\"");
          default -> says(id, "Undo", "\"" + what + "\"");
        };
    return ActivityReader.read(body).value().orElseThrow();
  }

  private static String says(String id, String type, String object) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"actor\":\"%s\",\"object\":%s}"
        .formatted(id, type, ADA, object);
  }

  private static String note(String id, String second, String audience) {
    return """
    {"id":"%s","type":"Note","attributedTo":"%s","content":"x",%s,
     "published":"2026-01-01T00:00:00Z","updated":"2026-01-01T00:00:0%sZ"}
    """
        .formatted(id, ADA, audience, second);
  }

  @ParameterizedTest(name = "of {0}: {1}")
  @CsvSource(
      nullValues = "none",
      value = {
        "edit p 1; edit p 2, 0",
        "edit p 1; edit p 2; edit p 3, 0 1",
        "edit p 2; edit p 1, none",
        "edit p 1; edit q 2, none",
        "narrow p 1; edit p 2, none",
        "edit p 1; narrow p 2, none",
        "create p; edit p 1, none",
        "create p; delete p, 0",
        "edit p 1; delete p, 0",
        "delete p; create p, none",
        "profile; profile, 0",
        "like; undo 0, 0",
        "repeat; undo 0, 0",
        "follow; undo 0, 0",
        "like; undo 0; like, 0",
        "like; undo 7, none",
        "undo 1; like, none",
      })
  void anActivityIsOvertakenByWhatSaysAllOfItLater(String words, String overtaken) {
    String[] each = words.split("; ");
    List<IncomingActivity> inOrder =
        IntStream.range(0, each.length).mapToObj(place -> activity(each[place], place)).toList();
    Set<URI> expected =
        Stream.ofNullable(overtaken)
            .flatMap(places -> Stream.of(places.split(" ")))
            .map(place -> URI.create(ADA + "/" + place))
            .collect(Collectors.toSet());

    assertThat(Overtaken.among(inOrder)).isEqualTo(expected);
  }
}
