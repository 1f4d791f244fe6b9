package im.tombolo.core.activity;

import im.tombolo.core.model.Reading;
import im.tombolo.core.text.Timestamps;
import im.tombolo.core.xml.XmlText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reading of JSON that others wrote: bounded, without duplicates, one value or many alike. */
final class Json {
  static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  private static final int MAX_CHARS = 1 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_VALUES = 10_000;
  private static final int MAX_URL = 2_048;
  // Later than any storage or client counts.
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");
  private static final Set<String> SPELLINGS_OF_PUBLIC = Set.of(PUBLIC, "as:Public", "Public");
  private static final URI PUBLIC_URI = URI.create(PUBLIC);
  private static final Set<String> WEB = Set.of("http", "https");
  // Threads writes the offset without a colon.
  private static final Pattern BASIC_OFFSET = Pattern.compile("(?<=T.{5,40}[+-])(\\d{2})(\\d{2})$");
  // JSON-LD that reshapes a document; Mastodon refuses them too.
  private static final Set<String> RESHAPING = Set.of("@graph", "@included", "@reverse");

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(4L * MAX_CHARS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static Reading<ObjectNode> read(String json) {
    if (json.length() > MAX_CHARS) {
      return Reading.refused("JSON longer than 1 MiB");
    }
    try {
      JsonNode node = MAPPER.readTree(json);
      if (!(node instanceof ObjectNode object)) {
        return Reading.refused("not a JSON object");
      }
      return reshapes(object) ? Reading.refused("JSON-LD that reshapes") : Reading.of(object);
    } catch (JacksonException malformed) {
      return Reading.refused("not JSON");
    }
  }

  private static boolean reshapes(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (var property : object.properties()) {
        if (RESHAPING.contains(property.getKey()) || reshapes(property.getValue())) {
          return true;
        }
      }
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        if (reshapes(item)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The values of a property: one, several, or none. */
  static List<JsonNode> values(JsonNode node, String property) {
    JsonNode value = node.path(property);
    if (value.isArray()) {
      return firstOf(value);
    }
    return value.isMissingNode() || value.isNull() ? List.of() : List.of(value);
  }

  private static List<JsonNode> firstOf(JsonNode array) {
    int size = Math.min(array.size(), MAX_VALUES);
    List<JsonNode> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(array.get(i));
    }
    return items;
  }

  static List<ObjectNode> objects(JsonNode node, String property) {
    List<JsonNode> values = values(node, property);
    if (values.isEmpty()) {
      return List.of();
    }
    List<ObjectNode> found = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      if (value instanceof ObjectNode object) {
        found.add(object);
      }
    }
    return found;
  }

  /** The first text of a property, without what neither XML nor PostgreSQL can carry. */
  static Optional<String> text(JsonNode node, String property) {
    return first(node, property, Json::text);
  }

  static Optional<String> text(JsonNode value) {
    return value.isString() ? Optional.of(XmlText.clean(value.stringValue())) : Optional.empty();
  }

  static boolean isType(JsonNode node, String... types) {
    JsonNode type = node.path("type");
    if (type.isArray()) {
      return firstOf(type).stream().anyMatch(one -> isAmong(one, types));
    }
    return isAmong(type, types);
  }

  private static boolean isAmong(JsonNode type, String... types) {
    if (type.isString()) {
      for (String one : types) {
        if (type.stringValue().equals(one)) {
          return true;
        }
      }
    }
    return false;
  }

  static String type(JsonNode node) {
    return text(node, "type").orElse("");
  }

  /** The id of what a property refers to: a string, or an object's {@code id}. */
  static Optional<URI> ref(JsonNode node, String property) {
    return first(node, property, Json::id);
  }

  static List<URI> refs(JsonNode node, String property) {
    List<URI> found = new ArrayList<>();
    for (JsonNode value : values(node, property)) {
      id(value).ifPresent(found::add);
    }
    return found;
  }

  /** What the first of a property's values that says something says. */
  static <T> Optional<T> first(
      JsonNode node, String property, Function<JsonNode, Optional<T>> reading) {
    JsonNode value = node.path(property);
    if (!value.isArray()) {
      return value.isMissingNode() || value.isNull() ? Optional.empty() : reading.apply(value);
    }
    for (JsonNode item : firstOf(value)) {
      Optional<T> read = reading.apply(item);
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
  }

  static Optional<URI> id(JsonNode value) {
    return value.isString() ? uri(value.stringValue()) : text(value, "id").flatMap(Json::uri);
  }

  static boolean isPublic(URI uri) {
    return SPELLINGS_OF_PUBLIC.contains(uri.toString());
  }

  /** An address as it may be stored: http or https with a host, or the public collection. */
  static Optional<URI> uri(String text) {
    if (SPELLINGS_OF_PUBLIC.contains(text)) {
      return Optional.of(PUBLIC_URI);
    }
    return anyUri(text)
        .filter(
            uri -> uri.getHost() != null && uri.getUserInfo() == null && WEB.contains(scheme(uri)));
  }

  static Optional<URI> anyUri(String text) {
    if (text.length() > MAX_URL) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(text.strip()));
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** The address of a link: a string, or the {@code href} or {@code url} of an object. */
  static Optional<URI> link(JsonNode value) {
    if (value.isString()) {
      return uri(value.stringValue());
    }
    return text(value, "href").flatMap(Json::uri).or(() -> first(value, "url", Json::link));
  }

  /** An xsd:dateTime between 1970 and 9999; one without a zone is taken for UTC. */
  static Optional<Instant> time(JsonNode node, String property) {
    return text(node, property)
        .flatMap(Json::time)
        .filter(at -> !at.isBefore(Instant.EPOCH) && !at.isAfter(END_OF_TIME));
  }

  private static Optional<Instant> time(String text) {
    if (text.endsWith("Z")) {
      return Timestamps.parse(text);
    }
    try {
      TemporalAccessor at =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              BASIC_OFFSET.matcher(text.strip()).replaceFirst("$1:$2"),
              OffsetDateTime::from,
              LocalDateTime::from);
      return Optional.of(
          at instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(at).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /** Scheme, host and port alike (RFC 6454 §4). */
  static boolean sameOrigin(URI one, URI other) {
    return scheme(one).equals(scheme(other))
        && String.valueOf(one.getHost()).equalsIgnoreCase(String.valueOf(other.getHost()))
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("http") ? 80 : 443;
  }

  static <T> Reading<T> orRefused(Optional<T> value, String reason) {
    return value.<Reading<T>>map(Reading::of).orElseGet(() -> Reading.refused(reason));
  }
}
