package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.ATTACHMENTS;
import static im.tombolo.core.xml.Namespaces.ATTACHMENTS_SUMMARY;

import im.tombolo.core.model.Attendance;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.text.Emoji;
import im.tombolo.core.xml.Element;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reactions as pubsub payloads: attachments (XEP-0470), and Movim's likes, which are comments. */
public final class ReactionItems {
  /** The whole title of a comment that is a like. */
  public static final String HEART = "♥";

  private ReactionItems() {}

  /**
   * What somebody attaches to an item, all of it.
   *
   * @param emojis at most {@link Reaction#MAX_OF_ONE}, in order
   * @param rsvp whether they come, where the item is an event
   */
  public record Attached(boolean liked, Set<String> emojis, Optional<RsvpItems.Said> rsvp) {
    public static final Attached NOTHING = new Attached(false, Set.of());

    /** What somebody thinks of an item. */
    public Attached(boolean liked, Set<String> emojis) {
      this(liked, emojis, Optional.empty());
    }
  }

  /**
   * Reads {@code attachments}; of what is no emoji nothing is left.
   *
   * @param payload some write it without its namespace, as the examples of XEP-0470 do
   */
  public static Reading<Attached> read(Element payload) {
    if (!payload.name().equals("attachments")) {
      return Reading.refused("no attachments");
    }
    boolean liked = payload.elements().stream().anyMatch(child -> child.name().equals("noticed"));
    Set<String> emojis = new LinkedHashSet<>();
    payload.elements().stream()
        .filter(child -> child.name().equals("reactions"))
        .flatMap(reactions -> reactions.elements().stream())
        .filter(child -> child.name().equals("reaction"))
        .flatMap(reaction -> Emoji.of(reaction.text()).stream())
        .limit(Reaction.MAX_OF_ONE)
        .forEach(emojis::add);
    return Reading.of(new Attached(liked, emojis, RsvpItems.read(payload)));
  }

  /** What one person thinks of an item. */
  public static Element attachments(List<Reaction> reactions) {
    return attachments(reactions, Optional.empty());
  }

  /**
   * All that one person attaches to an item.
   *
   * @param reactions of that person
   * @param rsvp theirs, in the words of both versions
   */
  public static Element attachments(List<Reaction> reactions, Optional<Rsvp> rsvp) {
    Element.Builder out = Element.of("attachments", ATTACHMENTS);
    reactions.stream()
        .filter(Reaction::isLike)
        .map(like -> stamped("noticed", like.at()).build())
        .forEach(out::child);
    List<Reaction> emojis = reactions.stream().filter(one -> !one.isLike()).toList();
    emojis.stream()
        .map(Reaction::at)
        .max(Comparator.naturalOrder())
        .ifPresent(latest -> {
          Element.Builder list = stamped("reactions", latest);
          emojis.forEach(one -> list.child("reaction", one.emoji().orElseThrow()));
          out.child(list.build());
        });
    for (EventSpeech speech : EventSpeech.values()) {
      out.child(rsvp.map(answer -> RsvpItems.rsvp(answer, speech)));
    }
    return out.build();
  }

  private static Element.Builder stamped(String name, Instant at) {
    return Element.of(name, ATTACHMENTS)
        .attribute("timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  public static Element summary(ReactionCounts counts) {
    return summary(counts, Attendance.NONE);
  }

  /**
   * @param attendance of who comes, where the item is an event
   */
  public static Element summary(ReactionCounts counts, Attendance attendance) {
    Element.Builder out = Element.of("summary", ATTACHMENTS_SUMMARY);
    if (counts.likes() > 0) {
      out.child(
          Element.of("noticed", ATTACHMENTS_SUMMARY)
              .attribute("count", Long.toString(counts.likes()))
              .build());
    }
    if (!counts.emojis().isEmpty()) {
      Element.Builder list = Element.of("reactions", ATTACHMENTS_SUMMARY);
      counts
          .emojis()
          .forEach((emoji, count) ->
              list.child(
                  Element.of("reaction", ATTACHMENTS_SUMMARY)
                      .attribute("count", Optional.of(count.toString()).filter(text -> count > 1))
                      .text(emoji)
                      .build()));
      out.child(list.build());
    }
    if (!attendance.isEmpty()) {
      for (EventSpeech speech : EventSpeech.values()) {
        out.child(RsvpItems.attendees(attendance, speech));
      }
    }
    return out.build();
  }

  /** A like as Movim writes it: a comment whose title is a heart. */
  public static Element heart(Byline author, String id, Instant at) {
    String time = at.truncatedTo(ChronoUnit.MILLIS).toString();
    return Element.of("entry", ATOM)
        .child("id", id)
        .child(
            Element.of("author", ATOM)
                .child("name", author.name())
                .child("uri", "xmpp:" + author.jid())
                .build())
        .child(Element.of("title", ATOM).attribute("type", "text").text(HEART).build())
        .child("published", time)
        .child("updated", time)
        .build();
  }

  /** Whether a comment is a like. */
  public static boolean isHeart(Element payload) {
    return payload.child("title", ATOM).map(Element::text).map(String::strip).stream()
            .anyMatch(HEART::equals)
        && payload.child("content", ATOM).isEmpty();
  }
}
