package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.Receipts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Posts of about the size that people write, which are found again by their mark. */
final class Posts {
  private static final String WORDS =
      "Walked along the shore at low tide, where the sand ties the island to the mainland, and"
          + " watched the lights of the ferry until it was dark.";

  private Posts() {}

  /** An Atom entry (XEP-0277). */
  static String entry(int mark) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return """
    <entry xmlns='http://www.w3.org/2005/Atom'><title type='text'>%1$s</title>\
    <content type='text'>%2$s %1$s</content>\
    <id>tag:bench.example,2026:%1$s</id><published>%3$s</published><updated>%3$s</updated></entry>\
    """
        .formatted(Receipts.mark(mark), WORDS, now);
  }

  /** A public post of a fediverse person to their followers. */
  static String create(String actor, int mark) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return """
    {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s/notes/%2$d/activity",\
    "type":"Create","actor":"%1$s","published":"%3$s",\
    "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["%1$s/followers"],\
    "object":{"id":"%1$s/notes/%2$d","type":"Note","attributedTo":"%1$s","published":"%3$s",\
    "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["%1$s/followers"],\
    "url":"%1$s/notes/%2$d","content":"<p>%4$s</p><p>%5$s</p>","sensitive":false,\
    "attachment":[],"tag":[]}}\
    """
        .formatted(actor, mark, now, WORDS, Receipts.mark(mark));
  }

  /** Somebody who left. */
  static String delete(String actor) {
    return """
    {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#delete","type":"Delete",\
    "actor":"%1$s","to":["https://www.w3.org/ns/activitystreams#Public"],"object":"%1$s"}\
    """
        .formatted(actor);
  }
}
