package im.tombolo.http.server;

import static im.tombolo.http.server.Markup.text;

import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Namespaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How to follow somebody of the fediverse from XMPP. */
final class FollowPage {
  private FollowPage() {}

  static String of(Jid virtual) {
    String node = URLEncoder.encode(Namespaces.MICROBLOG, StandardCharsets.UTF_8);
    String link = virtual.uri() + "?pubsub;action=subscribe;node=" + node;
    return Markup.page(
        "en",
        "Follow from XMPP",
        "",
        """
        <main><h1>Follow from XMPP</h1>
        <p>On XMPP this account is <strong>%s</strong>.</p>
        <p><a href="%s">Subscribe with your XMPP client</a>, or look for that address in it.</p></main>
        """
            .formatted(text(virtual.toString()), text(link)));
  }

  static String ofNobody() {
    return Markup.page(
        "en",
        "Follow from XMPP",
        "",
        "<main><h1>Follow from XMPP</h1><p>Say whom: an address such as"
            + " <code>ada@social.example</code>.</p></main>\n");
  }
}
