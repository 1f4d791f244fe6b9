package im.tombolo.core.activity;

import im.tombolo.core.address.AccountUrls;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Place;
import im.tombolo.core.text.Excerpt;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes posts of served accounts: a Question that asks, an Event that takes place, an Article with
 * a title, else a Note.
 */
public final class NoteWriter {
  /**
   * An activity with all that it holds, and its proof, is not longer: Misskey refuses 64 KiB. A
   * text that is too long for it is cut and ends with the address of the whole.
   */
  static final int MAX_ACTIVITY = 48 * 1024;

  // The activity's own properties, beside its addressing and the context.
  private static final int ENVELOPE = 1_536;
  private static final int MAX_WARNING = 1_000;
  private static final int MAX_PLACE = 500;
  private static final List<String> QUOTES =
      List.of("quote", "quoteUri", "quoteUrl", "_misskey_quote");

  private final GatewayUrls urls;

  public NoteWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /** The document at the post's own URL. */
  public String write(LocalPost post) {
    return Vocabulary.document(object(post));
  }

  ObjectNode object(LocalPost post) {
    Content content = post.content();
    AccountUrls account = urls.of(post.account());
    String id = account.post(post.key());
    ObjectNode out = Json.object();
    out.put("id", id);
    out.put("type", type(content));
    out.put("attributedTo", account.actor());
    Addressing.write(post, account, out);
    int addressing = JsonLength.of(out);
    discussion(post, account, out);
    content.warning().ifPresent(warning -> out.put("summary", Excerpt.cut(warning, MAX_WARNING)));
    out.put("sensitive", content.warning().isPresent());
    out.put("published", post.dates().published().toString());
    if (post.dates().edited()) {
      out.put("updated", post.dates().updated().toString());
    }
    out.put("url", post.page().orElse(id));
    WordsWriter words =
        new WordsWriter(content, content.poll().isEmpty(), out.path("url").asString());
    words.titles(out);
    content.poll().ifPresent(poll -> PollWriter.write(poll, out));
    content.place().ifPresent(place -> place(place, out.putObject("location")));
    content
        .event()
        .ifPresent(
            event -> new EventWriter(event).write(urls.attendees(post.account(), post.key()), out));
    quote(post, out);
    int beside = 2 * Vocabulary.maxBytes(content) + IntegrityProof.MAX_BYTES + ENVELOPE;
    int room = MAX_ACTIVITY - beside - addressing;
    additions(post, account.actor(), out, room / 2);
    words.texts(out, room - JsonLength.of(out));
    return out;
  }

  private static String type(Content content) {
    if (content.poll().isPresent()) {
      return "Question";
    }
    if (content.event().isPresent()) {
      return "Event";
    }
    return content.title().isPresent() ? "Article" : "Note";
  }

  /** Mastodon reads {@code conversation}, others {@code context}: FEP-7888, FEP-f228. */
  private static void discussion(LocalPost post, AccountUrls account, ObjectNode out) {
    post.discussion().parent().ifPresent(parent -> out.put("inReplyTo", parent.toString()));
    Optional<String> context =
        post.isComment()
            ? post.discussion().context().map(URI::toString)
            : Optional.of(account.context(post.key()));
    context.ifPresent(place -> out.put("context", place).put("conversation", place));
    if (post.audience().visibility().isOpen()) {
      out.put("replies", account.replies(post.key()));
      out.put("likes", account.likes(post.key()));
    }
  }

  private static void place(Place place, ObjectNode out) {
    out.put("type", "Place");
    place.name().ifPresent(name -> out.put("name", Excerpt.cut(name, MAX_PLACE)));
    place
        .coordinates()
        .ifPresent(at -> out.put("latitude", at.latitude()).put("longitude", at.longitude()));
  }

  /**
   * What it quotes, in every spelling that is read somewhere, and that it may be quoted itself:
   * Mastodon takes silence for a no (FEP-044f).
   */
  private static void quote(LocalPost post, ObjectNode out) {
    if (post.audience().visibility().isOpen()) {
      out.putObject("interactionPolicy")
          .putObject("canQuote")
          .putArray("automaticApproval")
          .add(Json.PUBLIC);
    }
    quoted(post.content())
        .ifPresent(quoted -> {
          QUOTES.forEach(name -> out.put(name, quoted));
          post.quoteAuthorization()
              .ifPresent(stamp -> out.put("quoteAuthorization", stamp.toString()));
        });
  }

  /** What is quoted, where that is on the fediverse. */
  static Optional<String> quoted(Content content) {
    return content.quote().map(URI::toString).filter(quoted -> quoted.startsWith("http"));
  }

  /** What a post in a community is about (Lemmy reads the first). */
  private static void links(Content content, ArrayNode files) {
    content.links().stream()
        .map(Link::href)
        .map(URI::toString)
        .filter(href -> href.startsWith("http"))
        .limit(1)
        .forEach(href -> files.addObject().put("type", "Link").put("href", href));
  }

  /** Tags and files; what is too much for the room goes from the end, files first. */
  private static void additions(LocalPost post, String author, ObjectNode out, int room) {
    Content content = post.content();
    ArrayNode tags = out.putArray("tag");
    int kept = TagWriter.write(content, author, tags);
    ArrayNode files = out.putArray("attachment");
    if (!post.audience().communities().isEmpty()) {
      links(content, files);
    }
    Optional<EventWriter> event = content.event().map(EventWriter::new);
    event.ifPresent(writer -> writer.beforeFiles(out, files));
    MediaWriter.write(content.attachments(), files);
    event.ifPresent(writer -> writer.banner(content.attachments(), files));
    while ((!files.isEmpty() || tags.size() > kept) && JsonLength.of(out) > room) {
      ArrayNode last = files.isEmpty() ? tags : files;
      last.remove(last.size() - 1);
    }
  }
}
