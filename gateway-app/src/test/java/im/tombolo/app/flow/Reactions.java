package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATTACHMENTS;

import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;

/** What tests of likes and emoji have in common. */
abstract class Reactions extends Room {
  static final Jid STRANGER_HERE = Jid.of("paris@example.org");

  static Attached attached(boolean liked, String... emojis) {
    return new Attached(liked, new LinkedHashSet<>(List.of(emojis)));
  }

  ReactionCounts counts(URI of) {
    return flows.ask(session -> session.reactions().count(of));
  }

  static List<String> emojis(Element attachments) {
    return attachments.children("reactions", ATTACHMENTS).stream()
        .flatMap(list -> list.elements().stream())
        .map(Element::text)
        .toList();
  }

  static boolean isLiked(Element attachments) {
    return attachments.child("noticed", ATTACHMENTS).isPresent();
  }
}
