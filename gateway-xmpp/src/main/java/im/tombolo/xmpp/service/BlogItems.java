package im.tombolo.xmpp.service;

import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.bridge.TimelineBridge.Timeline;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** The posts of a fediverse account as items of its blog node (XEP-0060 §6.5, XEP-0059). */
final class BlogItems {
  /** Servers cut the stream or drop stanzas of 256 KiB and more. */
  private static final int MAX_CHARS = 150_000;

  private static final int MAX_IDS = 50;

  private final TimelineBridge timelines;

  BlogItems(TimelineBridge timelines) {
    this.timelines = timelines;
  }

  IqReply answer(IqRequest request, RemoteActor actor, Element items) {
    List<String> ids =
        items.children("item", Namespaces.PUBSUB).stream()
            .flatMap(item -> item.attribute("id").stream())
            .limit(MAX_IDS)
            .toList();
    if (!ids.isEmpty()) {
      return byId(request, actor, ids);
    }
    return switch (PageRequest.read(request.payload(), items)) {
      case Reading.Refused<PageRequest> refused -> IqReply.refused(Condition.bad_request);
      case Reading.Of<PageRequest>(PageRequest wanted) ->
          IqReply.from(
              posts(request, actor, wanted), timeline -> page(request, actor, wanted, timeline));
    };
  }

  private IqReply byId(IqRequest request, RemoteActor actor, List<String> ids) {
    List<Element> found = new ArrayList<>();
    Answer<Kept> last = new Answer.Missing<>();
    for (String id : ids) {
      last = timelines.post(actor, request.from(), id);
      last.value().ifPresent(post -> found.add(item(request, actor, post)));
    }
    return found.isEmpty()
        ? IqReply.from(last, post -> IqReply.done())
        : IqReply.of(PubsubRequests.pubsub(items(fitting(found))));
  }

  private Answer<Timeline> posts(IqRequest request, RemoteActor actor, PageRequest wanted) {
    Page page = new Page(wanted.from(), wanted.towardsOlder(), Math.max(1, wanted.max()), false);
    Answer<Timeline> answer = timelines.posts(actor, request.from(), page);
    boolean isEmpty = answer.value().filter(timeline -> timeline.posts().isEmpty()).isPresent();
    // A cursor that never was an item is an error, one at the end is not (XEP-0059 §2.2).
    return isEmpty
            && wanted.from().isPresent()
            && timelines.post(actor, request.from(), wanted.from().get()) instanceof Answer.Missing
        ? new Answer.Missing<>()
        : answer;
  }

  private IqReply page(
      IqRequest request, RemoteActor actor, PageRequest wanted, Timeline timeline) {
    List<Element> walked =
        fitting(
            timeline.posts().stream()
                .limit(wanted.max())
                .map(post -> item(request, actor, post))
                .toList());
    List<Element> ordered =
        wanted.towardsOlder() == wanted.newestFirst() ? walked : walked.reversed();
    return IqReply.of(
        Element.of("pubsub", Namespaces.PUBSUB)
            .child(items(ordered))
            .child(set(wanted, ordered, timeline.total()))
            .build());
  }

  /** As many from the start as fit into one stanza, one at least. */
  private static List<Element> fitting(List<Element> items) {
    int chars = 0;
    int count = 0;
    for (Element item : items) {
      chars += XmlWriter.write(item).length();
      if (count > 0 && chars > MAX_CHARS) {
        break;
      }
      count++;
    }
    return items.subList(0, count);
  }

  private static Element items(List<Element> items) {
    return Element.of("items", Namespaces.PUBSUB)
        .attribute("node", Namespaces.MICROBLOG)
        .children(items)
        .build();
  }

  private static Element item(IqRequest request, RemoteActor actor, Kept post) {
    return EntryWriter.item(
        request.to().bare(), actor, post.itemId(), post.post(), Namespaces.PUBSUB);
  }

  private static Element set(PageRequest wanted, List<Element> items, long total) {
    Element.Builder set = Element.of("set", Namespaces.RSM);
    if (!items.isEmpty()) {
      set.child("first", cursor(wanted, items.getFirst()));
      set.child("last", cursor(wanted, items.getLast()));
    }
    return set.child("count", Long.toString(total)).build();
  }

  private static String cursor(PageRequest wanted, Element item) {
    return wanted.cursor(item.attribute("id").orElse(""));
  }
}
