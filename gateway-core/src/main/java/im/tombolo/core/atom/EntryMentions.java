package im.tombolo.core.atom;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Mention;
import im.tombolo.core.text.Mentions;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom an entry speaks to: by XEP-0372, by XEP-0513, by links to {@code xmpp:} addresses, and by
 * {@code @user@host} in the text.
 */
final class EntryMentions {
  private static final int MAX = 50;

  private EntryMentions() {}

  /**
   * @param plain the body as plain text
   */
  static List<Mention> read(Element entry, RichText body, String plain) {
    Map<URI, Mention> found = new LinkedHashMap<>();
    references(entry, found);
    for (Element mention : entry.children("mention", Namespaces.MENTIONS)) {
      mention
          .attribute("jid")
          .flatMap(Jid::parse)
          .ifPresent(jid -> add(mention(jid.bare(), Optional.empty()), found));
    }
    links(body, found);
    for (String name : Mentions.fromText(plain)) {
      add(new Mention(URI.create("acct:" + name.substring(1)), name), found);
    }
    return List.copyOf(found.values());
  }

  private static void add(Mention mention, Map<URI, Mention> found) {
    if (found.size() < MAX) {
      found.putIfAbsent(mention.target(), mention);
    }
  }

  private static void references(Element entry, Map<URI, Mention> found) {
    for (Element reference : entry.children("reference", Namespaces.REFERENCE)) {
      if (reference.attributeOr("type", "").equals("mention")) {
        NodeAddress.jid(reference.attributeOr("uri", ""))
            .ifPresent(jid -> add(mention(jid, Optional.empty()), found));
      }
    }
  }

  private static void links(RichText body, Map<URI, Mention> found) {
    if (!body.html().contains("\"xmpp:")) {
      return;
    }
    for (RichText.Anchor link : body.links()) {
      if (link.href().startsWith("xmpp:") && link.href().indexOf('?') < 0) {
        NodeAddress.jid(link.href())
            .ifPresent(jid -> add(mention(jid, Optional.of(link.words())), found));
      }
    }
  }

  private static Mention mention(Jid jid, Optional<String> name) {
    return new Mention(
        URI.create(jid.uri()), name.filter(text -> !text.isBlank()).orElseGet(jid::toString));
  }
}
