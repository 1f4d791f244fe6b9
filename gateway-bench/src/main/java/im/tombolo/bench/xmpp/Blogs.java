package im.tombolo.bench.xmpp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Open blogs at people's own addresses (XEP-0277), and what their server says of them. */
final class Blogs {
  static final String NODE = "urn:xmpp:microblog:0";
  static final String NOT_FOUND =
      "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

  private static final int MAX_ITEMS = 1_000;
  private static final Pattern MAX = Pattern.compile(" max_items=['\"](\\d+)['\"]");

  private final Map<String, SequencedMap<String, String>> blogs = new ConcurrentHashMap<>();

  /** Those beyond the newest thousand go, as with Prosody's pubsub#max_items. */
  void add(String author, String item, String entry) {
    SequencedMap<String, String> blog = open(author);
    synchronized (blog) {
      blog.putLast(item, entry);
      if (blog.size() > MAX_ITEMS) {
        blog.pollFirstEntry();
      }
    }
  }

  SequencedMap<String, String> open(String author) {
    return blogs.computeIfAbsent(author, fresh -> new LinkedHashMap<>());
  }

  static String event(String item, String entry) {
    return "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='%s'>%s</items></event>"
        .formatted(NODE, item(item, entry));
  }

  private static String item(String id, String entry) {
    return "<item id='" + id + "'>" + entry + "</item>";
  }

  /** The payload of a result; empty: there is no such thing. */
  Optional<String> answer(String to, String question) {
    if (question.contains("disco#info")) {
      String identity =
          to.indexOf('@') < 0
              ? "<identity category='server' type='im'/>"
              : "<identity category='pubsub' type='pep'/>";
      return Optional.of(
          "<query xmlns='http://jabber.org/protocol/disco#info'>" + identity + "</query>");
    }
    SequencedMap<String, String> blog = blogs.get(to);
    if (blog == null || !question.contains(NODE)) {
      return Optional.empty();
    }
    return question.contains("<items") ? Optional.of(items(blog, question)) : Optional.of("");
  }

  /** The newest, the oldest of them first, as Prosody answers. */
  private static String items(SequencedMap<String, String> blog, String question) {
    Matcher max = MAX.matcher(question);
    int wanted = max.find() ? Integer.parseInt(max.group(1)) : MAX_ITEMS;
    StringBuilder items = new StringBuilder();
    synchronized (blog) {
      blog.entrySet().stream()
          .skip(Math.max(0, blog.size() - wanted))
          .forEach(entry -> items.append(item(entry.getKey(), entry.getValue())));
    }
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%s'>%s</items></pubsub>"
        .formatted(NODE, items);
  }
}
