package im.tombolo.xmpp.service;

import im.tombolo.core.atom.Avatars;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
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
    List<String> ids = ItemPages.ids(items);
    if (ids.isEmpty()) {
      List<Element> all = item.stream().toList();
      return isPaged(request, items)
          ? ItemPages.of(request, node, items, all)
          : ItemPages.named(node, all);
    }
    return item.filter(found -> ids.contains(found.attributeOr("id", "")))
        .map(found -> ItemPages.named(node, List.of(found)))
        .orElseGet(() -> IqReply.refused(Condition.item_not_found));
  }

  private static boolean isPaged(IqRequest request, Element items) {
    return items.attribute("max_items").isPresent()
        || request.payload().child("set", Namespaces.RSM).isPresent()
        || PageRequest.order(request.payload()).isPresent();
  }

  private static Element item(String id, Element payload) {
    return Element.of("item", Namespaces.PUBSUB).attribute("id", id).child(payload).build();
  }
}
