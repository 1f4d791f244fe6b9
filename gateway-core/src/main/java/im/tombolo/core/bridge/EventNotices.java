package im.tombolo.core.bridge;

import static im.tombolo.core.atom.PubsubEvents.YOU;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.EventWords;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.text.Excerpt;
import java.net.URI;

/**
 * What people here are told in words of events: that they may come, who comes to theirs, and that
 * they are asked to. Works inside the caller's transaction.
 */
final class EventNotices {
  private static final int MAX_NAME = 200;

  private final BridgeSettings settings;
  private final Postings postings;
  private final PersonalNotices notices;

  EventNotices(BridgeSettings settings) {
    this.settings = settings;
    this.postings = new Postings(settings);
    this.notices = new PersonalNotices(settings);
  }

  private static String name(Content content) {
    return "\u201c"
        + Excerpt.of(content.title().orElseGet(() -> content.body().toPlainText()), MAX_NAME)
        + "\u201d"
        + content.event().map(event -> ", " + EventWords.when(event.time())).orElse("");
  }

  /** An organiser there let them come, or not. */
  void answered(Session session, Jid person, RemotePost event, Rsvp.State state) {
    String words =
        state == Rsvp.State.ACCEPTED
            ? " are expected at " + name(event.content()) + "."
            : " cannot come to " + name(event.content()) + ": the organiser said no.";
    Posting posting = postings.atHome(session, event);
    Envelope envelope =
        new Envelope(
            posting.author().jid(),
            person,
            Ids.key(
                "rsvp",
                event.id().toString(),
                person.toString(),
                state.name(),
                settings.clock().instant().toString()));
    notices.concerning(session, event.author(), envelope, YOU + words, posting.at().uri());
  }

  /** Somebody there comes to an event of theirs, or wants to, or does not. */
  void guest(Session session, LocalPost event, RemoteActor guest, Rsvp rsvp) {
    String who = PersonalNotices.name(guest);
    String words =
        switch (rsvp.answer()) {
          case YES ->
              rsvp.state() == Rsvp.State.ASKED
                  ? " are asked by " + who + " whether they may come to "
                  : " have a guest: " + who + " comes to ";
          case MAYBE -> " may have a guest: " + who + " perhaps comes to ";
          case NO -> " have a guest less: " + who + " does not come to ";
        };
    URI id = settings.urls().post(event.account(), event.key());
    String more =
        rsvp.message().map(text -> "\n" + text).orElse("")
            + (rsvp.state() == Rsvp.State.ASKED && rsvp.answer() == Rsvp.Answer.YES
                ? "\nTo answer write to "
                    + settings.virtual().component()
                    + ": admit "
                    + id
                    + " "
                    + guest.handle()
                    + ", or refuse "
                    + id
                    + " "
                    + guest.handle()
                : "");
    Envelope envelope =
        new Envelope(
            settings.virtual().of(guest.handle()),
            event.account(),
            Ids.key(
                "guest",
                id.toString(),
                guest.id().toString(),
                rsvp.answer().name(),
                rsvp.at().toString()));
    notices.concerning(
        session,
        guest.id(),
        envelope,
        YOU + words + name(event.content()) + "." + more,
        event.item().uri());
  }

  /** Somebody asks them to come. */
  void invited(Session session, Jid person, RemoteActor host, RemotePost event) {
    Posting posting = postings.atHome(session, event);
    String where = posting.page().map(URI::toString).orElse(posting.id());
    Envelope envelope =
        new Envelope(
            settings.virtual().of(host.handle()),
            person,
            Ids.key("invited", event.id().toString(), person.toString(), host.id().toString()));
    notices.concerning(
        session,
        host.id(),
        envelope,
        YOU
            + " are invited by "
            + PersonalNotices.name(host)
            + " to "
            + name(event.content())
            + ".\n"
            + where
            + "\nTo answer write to "
            + settings.virtual().component()
            + ": attend "
            + event.id()
            + " yes, or maybe, or no",
        posting.at().uri());
  }
}
