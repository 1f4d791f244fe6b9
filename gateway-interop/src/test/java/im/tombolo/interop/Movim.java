package im.tombolo.interop;

import static im.tombolo.interop.Town.COMMENTS;

import im.tombolo.interop.stage.SlixmppClient;
import im.tombolo.interop.stage.Xml;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The requests of Movim to one address, as they are on the wire (src/Moxl/Stanza in its sources),
 * and what it makes of the answers (app/Post.php).
 */
final class Movim {
  /** Posts of a page. */
  static final int PAGE = 12;

  /** Comments are asked for once and not paged. */
  static final int ALL_COMMENTS = 500;

  static final String HEART = "♥";

  private static final String NS = "http://jabber.org/protocol/pubsub";
  private static final String RSM = "http://jabber.org/protocol/rsm";

  private final SlixmppClient user;
  private final String service;

  Movim(SlixmppClient user, String service) {
    this.user = user;
    this.service = service;
  }

  Xml items(String node) {
    return get("<items node='%s'/>".formatted(node));
  }

  Xml newest(String node, int max) {
    return get("<items node='%s' max_items='%d'/>".formatted(node, max));
  }

  /** The page after one that ends with {@code last}. */
  Xml older(String node, String last) {
    return page(node, "<before>" + last + "</before>");
  }

  /** The page in front of one that begins with {@code first}. */
  Xml newer(String node, String first) {
    return page(node, "<after>" + first + "</after>");
  }

  private Xml page(String node, String where) {
    return get(
        "<set xmlns='%s'>%s<max>%d</max></set><items node='%s'/>"
            .formatted(RSM, where, PAGE, node));
  }

  Xml item(String node, String id) {
    return get("<items node='%s'><item id='%s'/></items>".formatted(node, id));
  }

  /** Writes under a post; a heart is a like. */
  Xml comment(Post post, String id, String text) {
    String node = COMMENTS + post.commentsId();
    return set(
        """
        <publish node='%2$s'><item id='%3$s'>\
        <entry xmlns='http://www.w3.org/2005/Atom'><id>%3$s</id><title>%4$s</title>\
        <author><uri>xmpp:%5$s</uri></author>\
        <link rel='alternate' href='xmpp:%1$s?;node=%2$s;item=%3$s'/>\
        <published>%6$s</published><updated>%6$s</updated></entry>\
        </item></publish>\
        """
            .formatted(service, node, id, Xml.escape(text), user.bareJid(), now()));
  }

  /** As PHP writes it. */
  private static String now() {
    return Instant.now().toString().substring(0, 19) + "+00:00";
  }

  Xml retract(String node, String id) {
    return set("<retract node='%s' notify='true'><item id='%s'/></retract>".formatted(node, id));
  }

  Xml subscribe(String node) {
    return set("<subscribe node='%s' jid='%s'/>".formatted(node, user.bareJid()));
  }

  Xml unsubscribe(String node) {
    return set("<unsubscribe node='%s' jid='%s'/>".formatted(node, user.bareJid()));
  }

  /** Everybody's, for the page of a community. */
  Xml subscriptions(String node) {
    return user.iq(
        "get",
        service,
        "<pubsub xmlns='%s#owner'><subscriptions node='%s'/></pubsub>".formatted(NS, node));
  }

  Xml commands() {
    return user.iq(
        "get",
        service,
        "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>");
  }

  private Xml get(String content) {
    return user.iq("get", service, "<pubsub xmlns='%s'>%s</pubsub>".formatted(NS, content));
  }

  private Xml set(String content) {
    return user.iq("set", service, "<pubsub xmlns='%s'>%s</pubsub>".formatted(NS, content));
  }

  /** The posts of an answer, in its order. */
  static List<Post> posts(Xml answer) {
    return answer.each("//ps:item[a:entry]").stream().map(Post::read).toList();
  }

  /** Where a post says that what it answers is: not decoded. */
  record Answered(String service, String node, String id) {
    private static Answered read(String href) {
      String[] parts = href.split(";");
      return new Answered(
          parts[0].substring("xmpp:".length(), parts[0].length() - 1),
          parts[1].substring("node=".length()),
          parts[2].substring("item=".length()));
    }
  }

  /**
   * A post or a comment.
   *
   * @param author empty when the entry names another than its publisher
   * @param title the last one
   * @param content of XHTML, as text; empty: the title is all
   * @param commentsService empty without a comments link
   * @param isOpen whether there is a page for browsers
   */
  record Post(
      String id,
      String author,
      String title,
      String content,
      String updated,
      String commentsService,
      String commentsId,
      boolean isOpen,
      Optional<Answered> answered) {
    private static final int BEFORE_ID = (";node=" + COMMENTS).length();

    static Post read(Xml item) {
      String publisher = item.text("@publisher").replaceFirst("/.*", "");
      boolean isAuthor = ("xmpp:" + publisher).equals(item.text("a:entry/a:author/a:uri"));
      String comments =
          URLDecoder.decode(
              item.text("a:entry/a:link[@title='comments']/@href"), StandardCharsets.UTF_8);
      int query = comments.indexOf('?');
      return new Post(
          item.text("@id"),
          isAuthor ? publisher : "",
          item.text("a:entry/a:title[last()]").strip(),
          item.text("a:entry/a:content[@type='xhtml']/h:div"),
          item.text("a:entry/a:updated"),
          query < 0 ? "" : comments.substring("xmpp:".length(), query),
          query < 0 ? "" : comments.substring(query + 1).substring(BEFORE_ID),
          item.has("a:entry/a:link[@rel='alternate'][starts-with(@href,'https://')]"),
          item.texts("a:entry/thr:in-reply-to/@href").stream().findFirst().map(Answered::read));
    }

    boolean isLike() {
      return title.equals(HEART);
    }

    /** It is stored, may be commented on, and its author is believed. */
    boolean isComplete() {
      return id.matches("\\S{6,128}")
          && !author.isEmpty()
          && !title.isEmpty()
          && !Instant.parse(updated).equals(Instant.EPOCH);
    }
  }
}
