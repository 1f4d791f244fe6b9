package im.tombolo.bench.peer;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The outbox of somebody who wrote much, as Mastodon pages it.
 *
 * @param posts how many
 */
record History(int posts) {
  private static final Instant NEWEST = Instant.parse("2026-11-01T12:00:00Z");
  private static final int PAGE = 20;
  private static final String PAGE_PATH = "/outbox?page=";
  private static final String WORDS =
      "<p>Walked along the shore at low tide, where the sand ties the island to the mainland. %s</p>"
          + "<p>More of it: <a href=\\\"https://social.example/walks\\\">walks</a> #shore #tide</p>";

  /**
   * @param actor id of whose outbox it is
   * @param path below it
   */
  Optional<String> document(String actor, String path) {
    if (path.equals("/outbox")) {
      return Optional.of(
          """
          {"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection",\
          "id":"%1$s/outbox","totalItems":%2$d,"first":"%1$s/outbox?page=0"}\
          """
              .formatted(actor, posts));
    }
    return path.startsWith(PAGE_PATH)
        ? Optional.of(page(actor, Integer.parseInt(path.substring(PAGE_PATH.length()))))
        : Optional.empty();
  }

  private String page(String actor, int number) {
    int from = number * PAGE;
    String notes =
        IntStream.range(from, Math.min(posts, from + PAGE))
            .mapToObj(post -> note(actor, post))
            .collect(Collectors.joining(","));
    String next =
        from + PAGE < posts ? ",\"next\":\"%s%s%d\"".formatted(actor, PAGE_PATH, number + 1) : "";
    return "{\"@context\":\"https://www.w3.org/ns/activitystreams\","
        + "\"type\":\"OrderedCollectionPage\",\"orderedItems\":["
        + notes
        + "]"
        + next
        + "}";
  }

  private static String note(String actor, int number) {
    return """
    {"type":"Note","id":"%1$s/posts/%2$d","attributedTo":"%1$s","content":"%3$s",\
    "to":["https://www.w3.org/ns/activitystreams#Public"],"published":"%4$s",\
    "tag":[{"type":"Hashtag","name":"#shore","href":"https://social.example/tags/shore"}],\
    "url":"%1$s/posts/%2$d"}\
    """
        .formatted(
            actor, number, WORDS.formatted("Day " + number), NEWEST.minusSeconds(600L * number));
  }
}
