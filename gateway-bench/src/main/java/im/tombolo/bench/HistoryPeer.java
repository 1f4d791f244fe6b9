package im.tombolo.bench;

import im.tombolo.core.address.Handle;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A fediverse server with one person, who wrote much. */
final class HistoryPeer implements Fediverse {
  static final Handle ADA = new Handle("ada", "social.example");

  private static final String ID = "https://social.example/users/ada";
  private static final Instant NEWEST = Instant.parse("2026-11-01T12:00:00Z");
  private static final int PAGE = 20;
  private static final String WORDS =
      "<p>Walked along the shore at low tide, where the sand ties the island to the mainland. %s</p>"
          + "<p>More of it: <a href=\\\"https://social.example/walks\\\">walks</a> #shore #tide</p>";

  private final int posts;

  HistoryPeer(int posts) {
    this.posts = posts;
  }

  @Override
  public Answer<Finger> finger(Handle handle) {
    return handle.equals(ADA)
        ? Answer.got(new Finger(ADA, URI.create(ID)))
        : new Answer.Missing<>();
  }

  @Override
  public Answer<Document> document(URI id) {
    String place = id.toString();
    if (place.equals(ID)) {
      return Answer.got(new Document(id, actor()));
    }
    if (place.equals(ID + "/outbox")) {
      return Answer.got(new Document(id, outbox()));
    }
    return place.startsWith(ID + "/outbox?page=")
        ? Answer.got(new Document(id, page(Integer.parseInt(id.getQuery().substring(5)))))
        : new Answer.Missing<>();
  }

  @Override
  public Answer<File> picture(URI href, int maxBytes) {
    return new Answer.Missing<>();
  }

  private static String actor() {
    return """
    {"@context": "https://www.w3.org/ns/activitystreams", "type": "Person", "id": "%1$s",
     "preferredUsername": "ada", "name": "Ada", "inbox": "%1$s/inbox", "outbox": "%1$s/outbox",
     "followers": "%1$s/followers", "following": "%1$s/following"}
    """
        .formatted(ID);
  }

  private String outbox() {
    return """
    {"type": "OrderedCollection", "id": "%1$s/outbox", "totalItems": %2$d,
     "first": "%1$s/outbox?page=0"}
    """
        .formatted(ID, posts);
  }

  private String page(int number) {
    int from = number * PAGE;
    String notes =
        IntStream.range(from, Math.min(posts, from + PAGE))
            .mapToObj(HistoryPeer::note)
            .collect(Collectors.joining(","));
    String next =
        from + PAGE < posts ? ",\"next\": \"%s/outbox?page=%d\"".formatted(ID, number + 1) : "";
    return "{\"type\": \"OrderedCollectionPage\", \"orderedItems\": [" + notes + "]" + next + "}";
  }

  private static String note(int number) {
    return """
    {"type": "Note", "id": "%1$s/posts/%2$d", "attributedTo": "%1$s", "content": "%3$s",
     "to": ["https://www.w3.org/ns/activitystreams#Public"], "published": "%4$s",
     "tag": [{"type": "Hashtag", "name": "#shore", "href": "https://social.example/tags/shore"}],
     "replies": "%1$s/posts/%2$d/replies", "url": "https://social.example/@ada/%2$d"}
    """
        .formatted(
            ID, number, WORDS.formatted("Day " + number), NEWEST.minusSeconds(600L * number));
  }
}
