package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.xml.Element;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The Atom feed of a blog (RFC 4287). */
public final class FeedWriter {
  private static final int EXCERPT = 100;

  private FeedWriter() {}

  /**
   * @param posts newest first
   * @param empty the date of a feed without posts
   */
  public static Element write(
      GatewayUrls urls, Account account, List<LocalPost> posts, Instant empty) {
    String id = urls.actor(account.address()).toString();
    String face = account.face().name();
    String name = face.isEmpty() ? account.address().local() : face;
    Instant updated =
        posts.stream().map(post -> post.dates().updated()).max(Instant::compareTo).orElse(empty);
    return Element.of("feed", ATOM)
        .child("id", id)
        .child("title", name)
        .child("updated", updated.toString())
        .child(Element.of("author", ATOM).child("name", name).child("uri", id).build())
        .child(link("self", id, "application/atom+xml"))
        .child(link("alternate", id, "text/html"))
        .children(posts.stream().map(post -> entry(urls, post)).toList())
        .build();
  }

  private static Element entry(GatewayUrls urls, LocalPost post) {
    String id = urls.post(post.account(), post.key()).toString();
    String title =
        post.content()
            .title()
            .or(() -> post.content().warning())
            .or(() ->
                Optional.of(Excerpt.of(post.content().body().toPlainText(), EXCERPT))
                    .filter(start -> !start.isEmpty()))
            .orElse("…");
    Element.Builder entry =
        Element.of("entry", ATOM)
            .lang(post.content().language())
            .child("id", id)
            .child("title", title)
            .child("published", post.dates().published().toString())
            .child("updated", post.dates().updated().toString())
            .child(link("alternate", id, "text/html"))
            .child(
                Element.of("content", ATOM)
                    .attribute("type", "html")
                    .text(post.content().body().html())
                    .build());
    post.content()
        .tags()
        .forEach(tag -> entry.child(Element.of("category", ATOM).attribute("term", tag).build()));
    post.content()
        .attachments()
        .forEach(file ->
            entry.child(
                Element.of("link", ATOM)
                    .attribute("rel", "enclosure")
                    .attribute("href", file.href().toString())
                    .attribute("type", file.mediaType())
                    .attribute("title", file.description())
                    .build()));
    return entry.build();
  }

  private static Element link(String rel, String href, String type) {
    return Element.of("link", ATOM)
        .attribute("rel", rel)
        .attribute("href", href)
        .attribute("type", type)
        .build();
  }
}
