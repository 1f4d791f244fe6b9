package im.tombolo.http.server;

import static im.tombolo.http.server.Markup.text;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.EventWords;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A blog, or one post of it, for people with a browser. */
final class BlogPage {
  private static final int TITLE = 80;
  private static final int DESCRIPTION = 200;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final GatewayUrls urls;

  BlogPage(GatewayUrls urls) {
    this.urls = urls;
  }

  /**
   * @param posts newest first
   * @param older address of the next page
   */
  String blog(Account account, List<LocalPost> posts, Optional<String> older) {
    String body =
        header(account)
            + "<main>\n"
            + (posts.isEmpty() ? "<p class=\"quiet\">Nothing has been published yet.</p>\n" : "")
            + String.join("", posts.stream().map(this::article).toList())
            + "</main>\n"
            + older
                .map(page ->
                    "<nav><a rel=\"next\" href=\"" + text(page) + "\">Older posts</a></nav>\n")
                .orElse("")
            + footer(account);
    String url = urls.actor(account.address()).toString();
    String description = Excerpt.of(account.face().bio().toPlainText(), DESCRIPTION);
    String calendar = calendar(urls.calendar(account.address()).toString());
    return Markup.page(
        "en", name(account), head(account, url, name(account), description) + calendar, body);
  }

  /**
   * @param answers oldest first
   */
  String post(Account account, LocalPost post, List<Posting> answers) {
    String url = urls.post(post.account(), post.key()).toString();
    String plain = post.content().body().toPlainText();
    String title = title(post.content()).orElseGet(() -> Excerpt.of(plain, TITLE));
    String body =
        header(account)
            + "<main>\n"
            + article(post)
            + answers(answers)
            + "</main>\n"
            + footer(account);
    return Markup.page(
        post.content().language().orElse("en"),
        title + " – " + name(account),
        head(account, url, title, Excerpt.of(plain, DESCRIPTION)) + calendar(post),
        body);
  }

  String gone() {
    return Markup.page(
        "en",
        "Deleted",
        "",
        "<main><h1>Deleted</h1><p>This post was deleted by its author.</p></main>\n");
  }

  private static String calendar(String address) {
    return "<link rel=\"alternate\" type=\"text/calendar\" href=\"" + text(address) + "\">\n";
  }

  private String calendar(LocalPost post) {
    return post.content()
        .event()
        .map(event -> calendar(urls.calendar(post.account(), post.key()).toString()))
        .orElse("");
  }

  /** When, where, and how to take part, with a file for calendars. */
  private String event(LocalPost post) {
    return post.content()
        .event()
        .map(event ->
            EventWords.all(event).stream()
                    .map(line ->
                        "<dt>%s</dt><dd dir=\"auto\">%s</dd>\n"
                            .formatted(text(line.label()), Html.ofPlainText(line.words()).html()))
                    .collect(Collectors.joining("", "<dl class=\"event\">\n", "</dl>\n"))
                + "<p><a href=\""
                + text(urls.calendar(post.account(), post.key()).toString())
                + "\">Add to your calendar</a></p>\n")
        .orElse("");
  }

  private static String name(Account account) {
    String name = account.face().name();
    return name.isEmpty() ? account.address().local() : name;
  }

  /** As in feeds: a warning stands in front of what it warns of. */
  private static Optional<String> title(Content content) {
    return content.title().or(content::warning);
  }

  private String head(Account account, String url, String title, String description) {
    String actor = urls.actor(account.address()).toString();
    return """
    <link rel="canonical" href="%1$s">
    <link rel="alternate" type="application/activity+json" href="%1$s">
    <link rel="alternate" type="application/atom+xml" href="%2$s">
    <meta name="description" content="%4$s">
    <meta property="og:title" content="%3$s">
    <meta property="og:description" content="%4$s">
    <meta property="og:url" content="%1$s">
    """
        .formatted(text(url), text(actor), text(title), text(description));
  }

  private String header(Account account) {
    Jid jid = account.address();
    String handle = "@" + urls.handle(jid);
    String picture =
        account
            .face()
            .avatar()
            .map(avatar -> urls.avatar(jid, avatar.sha1()).toString())
            .map(url -> "<img alt=\"\" src=\"" + text(url) + "\">\n")
            .orElse("");
    return """
    <header>
    %s<div>
    <h1 dir="auto"><a href="%s">%s</a></h1>
    <p class="quiet">%s · <a href="%s">%s</a></p>
    </div>
    </header>
    <section dir="auto">%s</section>
    """
        .formatted(
            picture,
            text(urls.actor(jid).toString()),
            text(name(account)),
            text(handle),
            text(xmpp(account)),
            text(xmpp(account)),
            account.face().bio().html());
  }

  private String footer(Account account) {
    return """
    <footer>
    <p>Follow this blog from the fediverse as <strong>@%s</strong>, from XMPP as \
    <a href="%s">%s</a>, or by its <a rel="alternate" type="application/atom+xml" href="%s">feed</a>.</p>
    </footer>
    """
        .formatted(
            text(urls.handle(account.address()).toString()),
            text(xmpp(account)),
            text(account.address().toString()),
            text(urls.actor(account.address()).toString()));
  }

  private static String xmpp(Account account) {
    Jid jid = account.address();
    String local = URLEncoder.encode(jid.local(), StandardCharsets.UTF_8).replace("+", "%20");
    return account.kind() == ActorKind.GROUP
        ? "xmpp:" + jid.domain() + "?;node=" + local
        : "xmpp:" + local + "@" + jid.domain();
  }

  private String article(LocalPost post) {
    Content content = post.content();
    String heading =
        title(content).map(title -> "<h2 dir=\"auto\">" + text(title) + "</h2>\n").orElse("");
    String edited =
        post.dates().edited() ? " · edited " + text(DATE.format(post.dates().updated())) : "";
    String language = content.language().map(tag -> " lang=\"" + text(tag) + "\"").orElse("");
    return """
    <article%s>
    %s%s<div dir="auto">%s</div>
    %s%s<p><a href="%s"><time datetime="%s">%s</time></a><span class="quiet">%s%s</span></p>
    </article>
    """
        .formatted(
            language,
            heading,
            event(post),
            content.body().html(),
            String.join("", content.links().stream().map(BlogPage::link).toList()),
            String.join("", content.attachments().stream().map(BlogPage::file).toList()),
            text(urls.post(post.account(), post.key()).toString()),
            post.dates().published(),
            text(DATE.format(post.dates().published())),
            edited,
            tags(content));
  }

  private static String answers(List<Posting> answers) {
    return answers.isEmpty()
        ? ""
        : "<section class=\"answers\">\n<h2>Answers</h2>\n"
            + String.join("", answers.stream().map(BlogPage::answer).toList())
            + "</section>\n";
  }

  private static String answer(Posting answer) {
    Content content = answer.content();
    String warning =
        title(content).map(title -> "<h3 dir=\"auto\">" + text(title) + "</h3>\n").orElse("");
    String page = answer.page().map(URI::toString).orElse(answer.id());
    return """
    <article%s>
    <p><strong dir="auto">%s</strong></p>
    %s<div dir="auto">%s</div>
    %s<p><a rel="nofollow noopener noreferrer" href="%s"><time datetime="%s">%s</time></a></p>
    </article>
    """
        .formatted(
            content.language().map(tag -> " lang=\"" + text(tag) + "\"").orElse(""),
            text(answer.author().name()),
            warning,
            content.body().html(),
            String.join("", content.attachments().stream().map(BlogPage::file).toList()),
            text(page),
            answer.dates().published(),
            text(DATE.format(answer.dates().published())));
  }

  private static String tags(Content content) {
    StringBuilder out = new StringBuilder();
    content.tags().forEach(tag -> out.append(" #").append(text(tag)));
    return out.toString();
  }

  private static String link(Link link) {
    String href = link.href().toString();
    return "<p><a rel=\"nofollow noopener noreferrer\" href=\""
        + text(href)
        + "\">"
        + text(link.title().orElse(href))
        + "</a></p>\n";
  }

  private static String file(Attachment file) {
    String href = text(file.href().toString());
    String description = text(file.description().orElse(""));
    if (file.mediaType().filter(type -> type.startsWith("image/")).isPresent()) {
      return "<p><img alt=\"" + description + "\" src=\"" + href + "\"></p>\n";
    }
    return "<p><a rel=\"nofollow noopener noreferrer\" href=\""
        + href
        + "\">"
        + (description.isEmpty() ? href : description)
        + "</a></p>\n";
  }
}
