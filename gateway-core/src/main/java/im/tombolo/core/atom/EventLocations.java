package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.GEOLOC;

import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Address;
import im.tombolo.core.model.CalendarEvent.Online;
import im.tombolo.core.model.CalendarEvent.Venue;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where an event takes place (XEP-0471 §4.4, XEP-0080). */
final class EventLocations {
  private static final int MAX_TEXT = 500;
  private static final int MAX_NOTE = 2_000;
  private static final int MAX_URL = 300;
  // The first of several has to be called so.
  private static final String MAIN = "main";

  private EventLocations() {}

  private static List<Element> all(Element event, String name, String namespace) {
    return event.children("location", event.namespace()).stream()
        .flatMap(location -> location.children(name, namespace).stream())
        .limit(CalendarEvent.MAX_PLACES)
        .toList();
  }

  static List<Venue> venues(Element event) {
    return all(event, "geoloc", GEOLOC).stream()
        .map(EventLocations::venue)
        .filter(venue -> !venue.isEmpty())
        .distinct()
        .toList();
  }

  private static Venue venue(Element geoloc) {
    Optional<String> called = text(geoloc, "description").or(() -> text(geoloc, "building"));
    Optional<String> text = text(geoloc, "text");
    Optional<String> name = called.or(() -> text);
    String note =
        Stream.of(
                Optional.of("building").filter(part -> called.isPresent()),
                Optional.of("floor"),
                Optional.of("room"),
                Optional.of("area"),
                Optional.of("text").filter(part -> called.isPresent()))
            .flatMap(Optional::stream)
            .flatMap(part -> text(geoloc, part).stream())
            .filter(words -> !called.equals(Optional.of(words)))
            .collect(Collectors.joining(", "));
    return new Venue(
        name,
        new Address(
            text(geoloc, "street"),
            text(geoloc, "postalcode"),
            text(geoloc, "locality"),
            text(geoloc, "region"),
            text(geoloc, "country")),
        EntryReader.coordinates(geoloc),
        Optional.of(Excerpt.cut(note, MAX_NOTE)).filter(words -> !words.isEmpty()),
        text(geoloc, "uri").flatMap(Uris::web));
  }

  private static Optional<String> text(Element parent, String name) {
    return parent
        .child(name, parent.namespace())
        .map(child -> child.text().strip())
        .filter(text -> !text.isEmpty())
        .map(text -> Excerpt.cut(text, MAX_TEXT));
  }

  static List<Online> online(Element event) {
    return all(event, "online", event.namespace()).stream()
        .map(EventLocations::meeting)
        .distinct()
        .toList();
  }

  private static Online meeting(Element online) {
    Optional<URI> web =
        online.children("url-data", Namespaces.URL_DATA).stream()
            .flatMap(data -> Uris.safe(data.attributeOr("target", "")).stream())
            .filter(address -> address.toString().length() <= MAX_URL)
            .findFirst();
    Optional<URI> room =
        online.children("x", Namespaces.CONFERENCE).stream()
            .flatMap(muc -> Uris.safe("xmpp:" + muc.attributeOr("jid", "") + "?join").stream())
            .filter(address -> address.toString().length() <= MAX_URL)
            .findFirst();
    String instructions =
        Stream.of(
                online.children("instructions", online.namespace()).stream()
                    .map(words -> words.text().strip()),
                // Of two addresses one has a place of its own.
                room.filter(muc -> web.isPresent()).map(URI::toString).stream(),
                online.children("software", online.namespace()).stream()
                    .map(EventLocations::software))
            .flatMap(words -> words)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining("\n"));
    return new Online(
        text(online, "name"),
        web.or(() -> room),
        Optional.of(Excerpt.cut(instructions, MAX_NOTE)).filter(words -> !words.isEmpty()));
  }

  private static String software(Element software) {
    return Stream.of("name", "url")
        .flatMap(part -> software.attribute(part).stream())
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  /** One location for each venue; what is online goes beside the main one, or by itself. */
  static List<Element> write(CalendarEvent event, String namespace) {
    List<Element> out = new ArrayList<>();
    int count = Math.max(1, event.venues().size());
    for (int i = 0; i < count; i++) {
      Element.Builder location = Element.of("location", namespace);
      if (count > 1) {
        location.attribute("id", i == 0 ? MAIN : "place-" + (i + 1));
      }
      if (i < event.venues().size()) {
        location.child(geoloc(event.venues().get(i)));
      }
      if (i == 0) {
        event.online().forEach(place -> location.child(online(place, namespace)));
      }
      out.add(location.build());
    }
    return event.venues().isEmpty() && event.online().isEmpty() ? List.of() : out;
  }

  static Element geoloc(Venue venue) {
    Element.Builder out = Element.of("geoloc", GEOLOC);
    venue
        .coordinates()
        .ifPresent(at ->
            out.child("lat", BigDecimal.valueOf(at.latitude()).toPlainString())
                .child("lon", BigDecimal.valueOf(at.longitude()).toPlainString()));
    venue.name().ifPresent(name -> out.child("description", name));
    Address address = venue.address();
    address.street().ifPresent(text -> out.child("street", text));
    address.postalCode().ifPresent(text -> out.child("postalcode", text));
    address.locality().ifPresent(text -> out.child("locality", text));
    address.region().ifPresent(text -> out.child("region", text));
    address.country().ifPresent(text -> out.child("country", text));
    venue.note().ifPresent(note -> out.child("text", note));
    venue.page().ifPresent(page -> out.child("uri", page.toString()));
    return out.build();
  }

  private static Element online(Online place, String namespace) {
    Element.Builder out = Element.of("online", namespace);
    place.name().ifPresent(name -> out.child("name", name));
    place
        .address()
        .ifPresent(address ->
            out.child(
                Element.of("url-data", Namespaces.URL_DATA)
                    .attribute("target", address.toString())
                    .build()));
    // One has to be there.
    out.child("instructions", place.instructions().orElse(""));
    return out.build();
  }
}
