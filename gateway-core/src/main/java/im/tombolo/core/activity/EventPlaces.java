package im.tombolo.core.activity;

import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Address;
import im.tombolo.core.model.CalendarEvent.Online;
import im.tombolo.core.model.CalendarEvent.Venue;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an Event takes place. Mobilizon has one place and fails on a list of them (as FEP-8a8e has
 * it), so the others stand among the attachments, where they are read from as well.
 */
final class EventPlaces {
  private static final int MAX_TEXT = 500;
  private static final int MAX_NOTE = 2_000;
  private static final Set<String> SAFE = Set.of("http", "https", "xmpp");

  private final List<JsonNode> all;

  EventPlaces(ObjectNode event) {
    this.all =
        Stream.concat(
                Json.values(event, "location").stream(),
                Json.objects(event, "attachment").stream()
                    .filter(place -> Json.isType(place, "Place", "VirtualLocation")))
            .limit(2L * CalendarEvent.MAX_PLACES)
            .toList();
  }

  private static boolean isOnline(JsonNode place) {
    return Json.isType(place, "VirtualLocation");
  }

  List<Venue> venues() {
    return all.stream()
        .filter(place -> !isOnline(place))
        .map(EventPlaces::venue)
        .filter(venue -> !venue.isEmpty())
        .distinct()
        .limit(CalendarEvent.MAX_PLACES)
        .toList();
  }

  private static Venue venue(JsonNode place) {
    return new Venue(
        place.isString() ? text(place) : text(place, "name"),
        address(place),
        place instanceof ObjectNode object ? PlaceReader.coordinates(object) : Optional.empty(),
        note(place),
        text(place, "url").flatMap(Json::uri));
  }

  /** Gancio writes it in one. */
  private static Address address(JsonNode place) {
    JsonNode address = place.path("address");
    if (address.isString()) {
      Address unknown = Address.UNKNOWN;
      return new Address(
          text(address),
          unknown.postalCode(),
          unknown.locality(),
          unknown.region(),
          unknown.country());
    }
    return new Address(
        text(address, "streetAddress"),
        text(address, "postalCode"),
        text(address, "addressLocality"),
        text(address, "addressRegion"),
        text(address, "addressCountry"));
  }

  private static Optional<String> note(JsonNode place) {
    return Json.text(place, "summary")
        .map(html -> Html.clean(html, Optional.empty()).toPlainText().strip())
        .filter(text -> !text.isEmpty())
        .map(text -> Excerpt.cut(text, MAX_NOTE));
  }

  private static Optional<String> text(JsonNode node, String property) {
    return Json.values(node, property).stream().flatMap(one -> text(one).stream()).findFirst();
  }

  private static Optional<String> text(JsonNode node) {
    return Json.text(node)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> Excerpt.cut(text, MAX_TEXT));
  }

  List<Online> online() {
    return all.stream()
        .filter(EventPlaces::isOnline)
        .map(place ->
            new Online(
                text(place, "name"),
                Json.text(place, "url")
                    .flatMap(Json::anyUri)
                    .filter(url -> SAFE.contains(Json.scheme(url))),
                note(place)))
        .distinct()
        .limit(CalendarEvent.MAX_PLACES)
        .toList();
  }

  /**
   * @param attachments where the places stand that {@code location} has no room for
   */
  static void write(CalendarEvent event, ObjectNode out, ArrayNode attachments) {
    boolean isOnline = event.venues().isEmpty() && !event.online().isEmpty();
    out.put("isOnline", isOnline);
    event.venues().stream().limit(1).forEach(venue -> write(venue, out.putObject("location")));
    event.venues().stream().skip(1).forEach(venue -> write(venue, attachments.addObject()));
    event.online().stream()
        .limit(isOnline ? 1 : 0)
        .forEach(place -> write(place, out.putObject("location")));
    event.online().stream()
        .skip(isOnline ? 1 : 0)
        .forEach(place -> write(place, attachments.addObject()));
  }

  private static void write(Venue venue, ObjectNode out) {
    out.put("type", "Place");
    venue.name().ifPresent(name -> out.put("name", name));
    venue
        .coordinates()
        .ifPresent(at -> out.put("latitude", at.latitude()).put("longitude", at.longitude()));
    if (!venue.address().equals(Address.UNKNOWN)) {
      ObjectNode address = out.putObject("address").put("type", "PostalAddress");
      venue.address().street().ifPresent(text -> address.put("streetAddress", text));
      venue.address().postalCode().ifPresent(text -> address.put("postalCode", text));
      venue.address().locality().ifPresent(text -> address.put("addressLocality", text));
      venue.address().region().ifPresent(text -> address.put("addressRegion", text));
      venue.address().country().ifPresent(text -> address.put("addressCountry", text));
    }
    venue.note().ifPresent(note -> out.put("summary", Html.ofPlainText(note).html()));
    venue.page().map(URI::toString).ifPresent(page -> out.put("url", page));
  }

  private static void write(Online place, ObjectNode out) {
    out.put("type", "VirtualLocation");
    place.name().ifPresent(name -> out.put("name", name));
    place.address().map(URI::toString).ifPresent(address -> out.put("url", address));
    place.instructions().ifPresent(text -> out.put("summary", Html.ofPlainText(text).html()));
  }
}
