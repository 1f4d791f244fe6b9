package im.tombolo.core.activity;

import im.tombolo.core.model.Place;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads where a post was written, or an event takes place. */
final class PlaceReader {
  private PlaceReader() {}

  static Optional<Place> read(ObjectNode post) {
    return Json.objects(post, "location")
        .flatMap(place -> place(place).stream())
        .findFirst()
        .or(() ->
            Json.text(post, "location")
                .filter(name -> !name.isBlank())
                .map(name -> new Place(Optional.of(name.strip()), Optional.empty())));
  }

  private static Optional<Place> place(ObjectNode place) {
    Optional<String> name =
        Json.text(place, "name").map(String::strip).filter(text -> !text.isEmpty());
    Optional<String> address =
        Json.objects(place, "address")
            .map(PlaceReader::address)
            .findFirst()
            .or(() -> Json.text(place, "address"))
            .filter(text -> !text.isBlank());
    String both =
        Stream.concat(name.stream(), address.stream()).distinct().collect(Collectors.joining(", "));
    Optional<Place.Coordinates> coordinates = coordinates(place);
    return both.isEmpty() && coordinates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(Optional.of(both).filter(t -> !t.isEmpty()), coordinates));
  }

  private static String address(ObjectNode address) {
    return Stream.of(
            "streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry")
        .flatMap(part -> Json.text(address, part).stream())
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining(", "));
  }

  private static Optional<Place.Coordinates> coordinates(ObjectNode place) {
    JsonNode latitude = place.path("latitude");
    JsonNode longitude = place.path("longitude");
    return latitude.isNumber()
            && longitude.isNumber()
            && Math.abs(latitude.doubleValue()) <= 90
            && Math.abs(longitude.doubleValue()) <= 180
        ? Optional.of(new Place.Coordinates(latitude.doubleValue(), longitude.doubleValue()))
        : Optional.empty();
  }
}
