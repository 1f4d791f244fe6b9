package im.tombolo.core.activity;

import im.tombolo.core.model.Profile;
import im.tombolo.core.model.Wishes;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what an actor lets others do. {@code #nobridge} in a name, a bio or a field is how people
 * say it; FEP-0036 (a draft) and FEP-5feb are for programs.
 */
final class WishReader {
  private static final int MAX_TEXT = 10_000;
  private static final Pattern NO_BRIDGE = Pattern.compile("(?iU)(?<![\\w#])#nobridge(?!\\w)");

  private WishReader() {}

  static Wishes read(ObjectNode actor) {
    Stream<String> texts =
        Stream.concat(
            Stream.of("name", "summary").flatMap(property -> Json.text(actor, property).stream()),
            Json.objects(actor, "attachment").stream()
                .limit(Profile.MAX_FIELDS)
                .flatMap(field ->
                    Stream.of("name", "value").flatMap(part -> Json.text(field, part).stream())));
    boolean isBridged =
        !isRefused(actor, "bridgeable") && texts.map(WishReader::plain).noneMatch(WishReader::asks);
    return new Wishes(isBridged, !isRefused(actor, "indexable"));
  }

  private static boolean isRefused(ObjectNode actor, String property) {
    JsonNode value = actor.path(property);
    return value.isBoolean() && !value.booleanValue();
  }

  private static String plain(String html) {
    return Html.clean(Excerpt.cut(html, MAX_TEXT), Optional.empty()).toPlainText();
  }

  private static boolean asks(String text) {
    return NO_BRIDGE.matcher(text).find();
  }
}
