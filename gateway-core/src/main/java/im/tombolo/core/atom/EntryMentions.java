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
import java.util.stream.Stream;

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
    Stream.of(references(entry), mentions(entry), links(body), words(plain))
        .flatMap(all -> all)
        .limit(4L * MAX)
        .forEach(mention -> found.putIfAbsent(mention.target(), mention));
    return found.values().stream().limit(MAX).toList();
  }

  private static Stream<Mention> references(Element entry) {
    return entry.children("reference", Namespaces.REFERENCE).stream()
        .filter(reference -> reference.attributeOr("type", "").equals("mention"))
        .flatMap(reference ->
            NodeAddress.jid(reference.attributeOr("uri", "")).stream()
                .map(jid -> mention(jid, Optional.empty())));
  }

  private static Stream<Mention> mentions(Element entry) {
    return entry.children("mention", Namespaces.MENTIONS).stream()
        .flatMap(mention -> mention.attribute("jid").flatMap(Jid::parse).stream())
        .map(jid -> mention(jid.bare(), Optional.empty()));
  }

  private static Stream<Mention> links(RichText body) {
    if (!body.html().contains("\"xmpp:")) {
      return Stream.empty();
    }
    return body.links().stream()
        .filter(link -> link.href().startsWith("xmpp:") && link.href().indexOf('?') < 0)
        .flatMap(link ->
            NodeAddress.jid(link.href()).stream()
                .map(jid -> mention(jid, Optional.of(link.words()))));
  }

  private static Mention mention(Jid jid, Optional<String> name) {
    return new Mention(
        URI.create(jid.uri()), name.filter(text -> !text.isBlank()).orElseGet(jid::toString));
  }

  private static Stream<Mention> words(String plain) {
    return Mentions.fromText(plain).stream()
        .map(name -> new Mention(URI.create("acct:" + name.substring(1)), name));
  }
}
