package im.tombolo.xmpp.service;

import im.tombolo.core.atom.FeedItems;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.bridge.TimelineBridge.Timeline;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * The posts of a fediverse account as items of its blog node, its events as those of the nodes for
 * events (XEP-0060 §6.5, XEP-0059).
 */
final class BlogItems {
  private final TimelineBridge timelines;

  BlogItems(TimelineBridge timelines) {
    this.timelines = timelines;
  }

  IqReply answer(IqRequest request, RemoteActor actor, Feed feed, Element items) {
    List<String> ids = ItemPages.ids(items);
    if (!ids.isEmpty()) {
      return byId(request, actor, feed, ids);
    }
    return switch (PageRequest.read(request.payload(), items)) {
      case Reading.Refused<PageRequest> refused -> IqReply.refused(Condition.bad_request);
      case Reading.Of<PageRequest>(PageRequest wanted) ->
          IqReply.from(
              posts(request, actor, feed, wanted),
              timeline ->
                  ItemPages.page(
                      wanted,
                      feed.node(),
                      timeline.postings().stream()
                          .limit(wanted.max())
                          .map(posting -> item(feed, posting))
                          .toList(),
                      timeline.total()));
    };
  }

  private IqReply byId(IqRequest request, RemoteActor actor, Feed feed, List<String> ids) {
    List<Element> found = new ArrayList<>();
    Answer<Posting> last = new Answer.Missing<>();
    for (String id : ids) {
      last = post(request, actor, feed, id);
      last.value().map(posting -> item(feed, posting)).ifPresent(found::add);
    }
    return found.isEmpty()
        ? IqReply.from(last, post -> IqReply.done())
        : ItemPages.named(feed.node(), found);
  }

  private Answer<Posting> post(IqRequest request, RemoteActor actor, Feed feed, String id) {
    return timelines.posting(actor, request.to().bare(), request.from(), feed, id);
  }

  private Answer<Timeline> posts(
      IqRequest request, RemoteActor actor, Feed feed, PageRequest wanted) {
    Page page =
        new Page(
            wanted.from(), wanted.index(), wanted.towardsOlder(), Math.max(1, wanted.max()), false);
    Answer<Timeline> answer =
        timelines.posts(actor, request.to().bare(), request.from(), feed, page);
    boolean isEmpty = answer.value().filter(timeline -> timeline.postings().isEmpty()).isPresent();
    // A cursor that never was an item is an error, one at the end is not (XEP-0059 §2.2).
    return isEmpty
            && wanted.from().isPresent()
            && post(request, actor, feed, wanted.from().get()) instanceof Answer.Missing
        ? new Answer.Missing<>()
        : answer;
  }

  private static Element item(Feed feed, Posting posting) {
    return FeedItems.item(feed, posting, Namespaces.PUBSUB);
  }
}
