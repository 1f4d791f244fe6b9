package im.tombolo.core.activity;

import im.tombolo.core.model.Place;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads where a post was written, or an event takes place. */
final class PlaceReader {
  private static final Pattern DEGREES = Pattern.compile("-?\\d{1,3}(?:\\.\\d{1,20})?");

  private PlaceReader() {}

  static Optional<Place> read(ObjectNode post) {
    return Json.first(post, "location", PlaceReader::place)
        .or(() ->
            Json.text(post, "location")
                .filter(name -> !name.isBlank())
                .map(name -> new Place(Optional.of(name.strip()), Optional.empty())));
  }

  private static Optional<Place> place(JsonNode place) {
    Optional<String> name =
        Json.text(place, "name").map(String::strip).filter(text -> !text.isEmpty());
    Optional<String> address =
        Json.objects(place, "address").stream()
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

  static Optional<Place.Coordinates> coordinates(JsonNode place) {
    Optional<Double> latitude = degrees(place.path("latitude"), 90);
    Optional<Double> longitude = degrees(place.path("longitude"), 180);
    return latitude.flatMap(north -> longitude.map(east -> new Place.Coordinates(north, east)));
  }

  /** Pixelfed writes texts. */
  private static Optional<Double> degrees(JsonNode node, int max) {
    double degrees =
        node.isNumber()
            ? node.doubleValue()
            : Json.text(node)
                .filter(text -> DEGREES.matcher(text).matches())
                .map(Double::valueOf)
                .orElse(Double.NaN);
    return Math.abs(degrees) <= max ? Optional.of(degrees) : Optional.empty();
  }
}
