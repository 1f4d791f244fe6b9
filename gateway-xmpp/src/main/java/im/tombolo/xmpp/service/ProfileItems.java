package im.tombolo.xmpp.service;

import im.tombolo.core.atom.Avatars;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** The nodes that hold one item about a person: vCard4, avatar, nick. */
final class ProfileItems {
  private static final String CURRENT = "current";

  private final TimelineBridge timelines;

  ProfileItems(TimelineBridge timelines) {
    this.timelines = timelines;
  }

  IqReply answer(IqRequest request, RemoteActor actor, String node, Element items) {
    Optional<Element> item =
        switch (node) {
          case Namespaces.VCARD4_NODE -> Optional.of(item(CURRENT, VCards.vcard4(actor)));
          case Namespaces.NICK ->
              Optional.of(
                  item(
                      CURRENT,
                      Element.of("nick", Namespaces.NICK).text(VCards.nameOf(actor)).build()));
          case Namespaces.AVATAR_METADATA -> {
            Optional<Picture> picture = timelines.avatar(actor);
            String id = picture.map(Picture::sha1).orElse(CURRENT);
            yield Optional.of(item(id, Avatars.metadata(picture)));
          }
          case Namespaces.BANNER ->
              Optional.of(item(CURRENT, Avatars.banner(actor.profile().banner())));
          default ->
              timelines.avatar(actor).map(picture -> item(picture.sha1(), Avatars.data(picture)));
        };
    boolean isAskedById = !ItemPages.ids(items).isEmpty();
    if (!isAskedById && request.payload().child("set", Namespaces.RSM).isPresent()) {
      return ItemPages.of(request, node, items, item.stream().toList());
    }
    Optional<Element> wanted = item.filter(found -> !isAskedById || isAskedFor(items, found));
    if (wanted.isEmpty() && isAskedById) {
      return IqReply.refused(Condition.item_not_found);
    }
    return IqReply.of(
        PubsubRequests.pubsub(
            Element.of("items", Namespaces.PUBSUB).attribute("node", node).child(wanted).build()));
  }

  private static boolean isAskedFor(Element items, Element found) {
    return items.children("item", Namespaces.PUBSUB).stream()
        .anyMatch(asked -> asked.attribute("id").equals(found.attribute("id")));
  }

  private static Element item(String id, Element payload) {
    return Element.of("item", Namespaces.PUBSUB).attribute("id", id).child(payload).build();
  }
}
