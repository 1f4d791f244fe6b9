package im.tombolo.core.activity;

import im.tombolo.core.model.Content;
import im.tombolo.core.model.Content.Words;
import im.tombolo.core.model.Link;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes what a post says, in all of its languages, into the room that there is. The text itself
 * goes before its repetition in a map, and that before the translations.
 */
final class WordsWriter {
  private static final int PREVIEW = 500;
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_LANGUAGES = 10;
  private static final int MAX_LINKS = 4_000;
  private static final int MAX_RIGHTS = 1_000;
  // A translation is cut to no less, and else left out; in bytes.
  private static final int MIN_TRANSLATION = 2_000;
  // Of a post whose language nobody told: a map without it would give it the first that is there.
  private static final String UNKNOWN = "und";

  private final Content content;
  private final boolean isTitled;
  private final String whole;

  /**
   * @param isTitled whether its type has a title: else that is the first line
   * @param whole where all of it is
   */
  WordsWriter(Content content, boolean isTitled, String whole) {
    this.content = content;
    this.isTitled = isTitled;
    this.whole = whole;
  }

  /** Titles, and how an Article looks among short posts. */
  void titles(ObjectNode out) {
    if (!isTitled) {
      return;
    }
    content.title().ifPresent(title -> out.put("name", title(title)));
    List<Words> others = new ArrayList<>(translations());
    others.removeIf(words -> words.title().isEmpty());
    if (content.title().isPresent() && (content.language().isPresent() || !others.isEmpty())) {
      ObjectNode map = out.putObject("nameMap");
      map.put(content.language().orElse(UNKNOWN), title(content.title().get()));
      others.forEach(
          words -> map.put(words.language().orElseThrow(), title(words.title().orElseThrow())));
    }
    if (!content.body().isEmpty()) {
      preview(out);
    }
  }

  private static String title(String title) {
    return Excerpt.cut(title, MAX_TITLE);
  }

  private List<Words> translations() {
    if (content.translations().isEmpty()) {
      return List.of();
    }
    return content.translations().stream()
        .filter(words -> words.language().isPresent())
        .limit(MAX_LANGUAGES)
        .toList();
  }

  /**
   * How an Article looks in a timeline of short posts (FEP-b2b8). Mastodon would take a {@code
   * summary} for a warning.
   */
  private void preview(ObjectNode out) {
    String text = Excerpt.of(content.body().toPlainText(), PREVIEW);
    out.putObject("preview")
        .put("type", "Note")
        .put("attributedTo", out.path("attributedTo").asString())
        .put("content", Html.ofPlainText(text).html())
        .put("published", out.path("published").asString());
  }

  /**
   * @param room in bytes, for all texts together
   */
  void texts(ObjectNode out, int room) {
    String main = html(content.words(), room);
    out.put("content", main);
    List<Words> others = translations();
    int left = room - bytes(main);
    if ((content.language().isEmpty() && others.isEmpty()) || bytes(main) > left) {
      return;
    }
    ObjectNode map = out.putObject("contentMap");
    map.put(content.language().orElse(UNKNOWN), main);
    left -= bytes(main);
    for (Words words : others) {
      String html = html(words, Math.max(left, MIN_TRANSLATION));
      if (bytes(html) <= left) {
        map.put(words.language().orElseThrow(), html);
        left -= bytes(html);
      }
    }
  }

  /** As it counts in JSON, with the name of its language. */
  private static int bytes(String html) {
    return JsonLength.of(StringNode.valueOf(html)) + 40;
  }

  private String html(Words words, int room) {
    String body = words.body().html();
    String before =
        isTitled
            ? ""
            : words.title().map(title -> Html.ofPlainText(title(title)).html()).orElse("");
    String after = after(body);
    String html = before.isEmpty() && after.isEmpty() ? body : before + body + after;
    String plain = html.length() > room / 4 ? words.body().toPlainText() : "";
    int kept = Math.min(plain.length(), room);
    while (bytes(html) > room && kept > 0) {
      kept = kept * 3 / 4;
      String cut = Excerpt.cut(plain, kept) + "…\n\n" + whole;
      html = before + Html.ofPlainText(cut).html() + after;
    }
    return html;
  }

  /** What has no other place: links, rights, and what is quoted, for servers without quotes. */
  private String after(String body) {
    StringBuilder links = new StringBuilder();
    for (Link link : content.links()) {
      String href = link.href().toString();
      boolean fits = links.length() + href.length() <= MAX_LINKS;
      if (fits && !body.contains(href.replace("&", "&amp;"))) {
        links.append(href).append('\n');
      }
    }
    Optional<String> rights = content.rights().map(text -> Excerpt.cut(text, MAX_RIGHTS));
    Optional<String> quote =
        NoteWriter.quoted(content)
            .map(quoted ->
                Html.ofPlainText("RE: " + quoted)
                    .html()
                    .replaceFirst("<p>", "<p class=\"quote-inline\">"));
    return content.event().map(event -> new EventWriter(event).beforeBeside().html()).orElse("")
        + Html.ofPlainText(links.toString()).html()
        + rights.map(text -> Html.ofPlainText(text).html()).orElse("")
        + quote.orElse("")
        + content.event().map(event -> EventWriter.beside(event).html()).orElse("");
  }
}
