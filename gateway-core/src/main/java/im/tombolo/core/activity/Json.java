package im.tombolo.core.activity;

import im.tombolo.core.model.Reading;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
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
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** How long a document is when it is sent. */
  static int bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node).length;
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
      return value.valueStream().limit(MAX_VALUES).toList();
    }
    return value.isMissingNode() || value.isNull() ? List.of() : List.of(value);
  }

  static Stream<ObjectNode> objects(JsonNode node, String property) {
    return values(node, property).stream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  /** The first text of a property, without what neither XML nor PostgreSQL can carry. */
  static Optional<String> text(JsonNode node, String property) {
    JsonNode one = node.path(property);
    if (one.isString()) {
      return text(one);
    }
    return values(node, property).stream().flatMap(value -> text(value).stream()).findFirst();
  }

  static Optional<String> text(JsonNode value) {
    return value.isString() ? Optional.of(XmlText.clean(value.stringValue())) : Optional.empty();
  }

  static boolean isType(JsonNode node, String... types) {
    Set<String> wanted = Set.of(types);
    return values(node, "type").stream()
        .anyMatch(value -> value.isString() && wanted.contains(value.stringValue()));
  }

  static String type(JsonNode node) {
    return text(node, "type").orElse("");
  }

  /** The id of what a property refers to: a string, or an object's {@code id}. */
  static Optional<URI> ref(JsonNode node, String property) {
    return values(node, property).stream().flatMap(value -> id(value).stream()).findFirst();
  }

  static Stream<URI> refs(JsonNode node, String property) {
    return values(node, property).stream().flatMap(value -> id(value).stream());
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
      return Optional.of(URI.create(PUBLIC));
    }
    return anyUri(text)
        .filter(uri ->
            uri.getHost() != null
                && uri.getUserInfo() == null
                && Set.of("http", "https").contains(scheme(uri)));
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
    return text(value, "href")
        .flatMap(Json::uri)
        .or(() -> values(value, "url").stream().flatMap(v -> link(v).stream()).findFirst());
  }

  /** An xsd:dateTime between 1970 and 9999; one without a zone is taken for UTC. */
  static Optional<Instant> time(JsonNode node, String property) {
    return text(node, property)
        .flatMap(Json::time)
        .filter(at -> !at.isBefore(Instant.EPOCH) && !at.isAfter(END_OF_TIME));
  }

  private static Optional<Instant> time(String text) {
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
    return origin(one).equals(origin(other));
  }

  private static String origin(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("http") ? 80 : 443;
    return scheme(uri)
        + "://"
        + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT)
        + ":"
        + port;
  }

  static <T> Reading<T> orRefused(Optional<T> value, String reason) {
    return value.<Reading<T>>map(Reading::of).orElseGet(() -> Reading.refused(reason));
  }
}
