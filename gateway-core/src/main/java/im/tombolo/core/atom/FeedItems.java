package im.tombolo.core.atom;

import im.tombolo.core.model.Feed;
import im.tombolo.core.xml.Element;

/** A posting as an item of each of the nodes that show it. */
public final class FeedItems {
  private FeedItems() {}

  /**
   * @param posting with an event, where the feed is one of events
   * @param namespace of pubsub or of its events, where the item will stand
   */
  public static Element item(Feed feed, Posting posting, String namespace) {
    return switch (feed) {
      case BLOG -> EntryWriter.item(posting, namespace);
      case EVENTS -> new CalendarEventWriter(EventSpeech.CALENDAR).item(posting, namespace);
      case FIRST_EVENTS -> new CalendarEventWriter(EventSpeech.FIRST).item(posting, namespace);
    };
  }
}
