package im.tombolo.interop;

import im.tombolo.interop.stage.SlixmppClient;
import im.tombolo.interop.stage.Xml;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests of Libervia 0.9 to one address, as wokkel writes them, and what it makes of the
 * answers (plugin_xep_0277.py, plugin_xep_0470.py).
 */
final class Libervia {
  private static final String NS = "http://jabber.org/protocol/pubsub";
  private static final String ATTACHMENTS = "urn:xmpp:pubsub-attachments:1";

  /** Version 0 of XEP-0413, with no direction. */
  static final String BY_CREATION = "<order xmlns='urn:xmpp:order-by:0' by='creation'/>";

  private final SlixmppClient user;
  private final String service;

  Libervia(SlixmppClient user, String service) {
    this.user = user;
    this.service = service;
  }

  Xml features() {
    return user.iq("get", service, "<query xmlns='http://jabber.org/protocol/disco#info'/>");
  }

  /** {@code li pubsub node info}. */
  Xml configuration(String node) {
    return user.iq(
        "get",
        service,
        "<pubsub xmlns='%s#owner'><configure node='%s'/></pubsub>".formatted(NS, node));
  }

  /**
   * {@code li blog get --max}.
   *
   * @param order {@link #BY_CREATION} or empty
   */
  Xml newest(String node, int max, String order) {
    return get("<items node='%s' max_items='%d'/>%s".formatted(node, max, order));
  }

  /**
   * With a result set.
   *
   * @param where empty, or before or after with an id
   * @param order {@link #BY_CREATION} or empty
   */
  Xml page(String node, int max, String where, String order) {
    return get(
        "<items node='%s'/>%s<set xmlns='http://jabber.org/protocol/rsm'><max>%d</max>%s</set>"
            .formatted(node, order, max, where));
  }

  Xml items(String node, List<String> ids) {
    String named = ids.stream().map("<item id='%s'/>"::formatted).collect(Collectors.joining());
    return get("<items node='%s'>%s</items>".formatted(node, named));
  }

  Xml comment(String node, String id, String text) {
    return publish(
        node,
        id,
        """
        <entry xmlns='http://www.w3.org/2005/Atom'><title type='text'>%s</title>\
        <author><name>juliet</name><uri>xmpp:%s</uri></author>\
        <updated>%3$s</updated><published>%3$s</published>\
        <id>%4$s;item=%5$s</id></entry>\
        """
            .formatted(Xml.escape(text), user.bareJid(), Instant.now(), uri(node), quoted(id)));
  }

  /** Replaces all that the user attached to the item. */
  Xml attach(String attachmentsNode, String attachments) {
    return publish(
        attachmentsNode,
        user.bareJid(),
        "<attachments xmlns='%s'>%s</attachments>".formatted(ATTACHMENTS, attachments));
  }

  /** The node's name for what is attached to an item. */
  String attachmentsNode(String node, String item) {
    return ATTACHMENTS + "/" + uri(node) + ";item=" + quoted(item);
  }

  private String uri(String node) {
    return "xmpp:" + quoted(service).replace("%40", "@") + "?;node=" + quoted(node);
  }

  private static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Xml publish(String node, String id, String payload) {
    return set("<publish node='%s'><item id='%s'>%s</item></publish>".formatted(node, id, payload));
  }

  Xml subscribe(String node) {
    return set("<subscribe node='%s' jid='%s'/>".formatted(node, user.bareJid()));
  }

  Xml unsubscribe(String node) {
    return set("<unsubscribe node='%s' jid='%s'/>".formatted(node, user.bareJid()));
  }

  Xml subscriptions() {
    return get("<subscriptions/>");
  }

  private Xml get(String content) {
    return user.iq("get", service, "<pubsub xmlns='%s'>%s</pubsub>".formatted(NS, content));
  }

  private Xml set(String content) {
    return user.iq("set", service, "<pubsub xmlns='%s'>%s</pubsub>".formatted(NS, content));
  }

  /** The posts of an answer, in its order. */
  static List<Post> posts(Xml answer) {
    return answer.each("//ps:item").stream().map(Post::read).toList();
  }

  /**
   * A post or a comment.
   *
   * @param title empty for a short one
   * @param body what is shown under the title
   * @param isVerified whether the author is who published it
   * @param commentsService empty without a comments link
   */
  record Post(
      String id,
      String title,
      String body,
      boolean isVerified,
      String commentsService,
      String commentsNode) {
    /** Fails where Libervia does: no title, no date, XHTML outside of its namespace. */
    static Post read(Xml item) {
      if (!item.has("a:entry/a:title") || !item.has("a:entry/a:id")) {
        throw new AssertionError("no title or no id: " + item);
      }
      Instant.parse(item.text("a:entry/a:updated"));
      String xhtml = "a:entry/*[self::a:title or self::a:content][@type='xhtml']";
      if (item.has(xhtml + "[not(*[1][self::h:div])]")) {
        throw new AssertionError("XHTML without a div: " + item);
      }
      boolean isLong = item.has("a:entry/a:content");
      String href = item.text("a:entry/a:link[@rel='replies'][@title='comments']/@href");
      return new Post(
          item.text("@id"),
          isLong ? item.text("a:entry/a:title[not(@type='xhtml')]") : "",
          item.text("a:entry/a:%s/h:div".formatted(isLong ? "content" : "title")),
          item.text("a:entry/a:author/a:uri").equals("xmpp:" + item.text("@publisher")),
          path(href),
          Stream.of(href.split(";"))
              .filter(pair -> pair.startsWith("node="))
              .map(pair -> decoded(pair.substring("node=".length())))
              .findFirst()
              .orElse(""));
    }

    private static String path(String href) {
      return href.isEmpty() ? "" : decoded(href.substring("xmpp:".length(), href.indexOf('?')));
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }
}
