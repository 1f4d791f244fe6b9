package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes messages of served accounts to people of the fediverse: notes that address nobody else.
 * Whoever is addressed is mentioned too, since Mastodon tells nobody else of a note.
 */
public final class DirectNoteWriter {
  /** Of a text as HTML: what it grows to in a document, with all else, fits into 64 KiB. */
  public static final int MAX_TEXT = 24 * 1024;

  private final GatewayUrls urls;

  public DirectNoteWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /**
   * @param content with the people addressed as mentions
   */
  public Written create(DirectMessage message, Content content) {
    String key = Ids.key("create", message.object().toString());
    ObjectNode out = about(message, key, "Create");
    out.put("published", message.dates().published().toString());
    out.set("object", note(message, content));
    return written(key, out, turn(message));
  }

  public Written update(DirectMessage message, Content content) {
    String key =
        Ids.key(
            "update",
            message.object().toString(),
            message.digest(),
            message.dates().updated().toString());
    ObjectNode out = about(message, key, "Update");
    out.set("object", note(message, content));
    return written(key, out, turn(message));
  }

  public Written delete(DirectMessage message) {
    String key = Ids.key("delete", message.object().toString());
    ObjectNode out = about(message, key, "Delete");
    out.putObject("object").put("id", message.object().toString()).put("type", "Tombstone");
    return written(key, out, turn(message));
  }

  private static ObjectNode note(DirectMessage message, Content content) {
    ObjectNode out = Json.object();
    out.put("id", message.object().toString());
    out.put("type", "Note");
    out.put("attributedTo", message.author().toString());
    address(message, out);
    DirectMessage.Place place = message.place();
    place.parent().ifPresent(parent -> out.put("inReplyTo", parent.toString()));
    out.put("context", place.context().toString());
    out.put("conversation", place.context().toString());
    out.put("sensitive", false);
    out.put("published", message.dates().published().toString());
    if (message.dates().edited()) {
      out.put("updated", message.dates().updated().toString());
    }
    String html = content.body().html();
    out.put("content", html);
    content.language().ifPresent(tag -> out.putObject("contentMap").put(tag, html));
    tags(content.mentions(), out.putArray("tag"));
    MediaWriter.write(content.attachments(), out.putArray("attachment"));
    return out;
  }

  private static void tags(List<Mention> mentions, ArrayNode out) {
    mentions.forEach(mention ->
        out.addObject()
            .put("type", "Mention")
            .put("name", mention.name())
            .put("href", mention.target().toString()));
  }

  private ObjectNode about(DirectMessage message, String key, String type) {
    ObjectNode out =
        Json.object()
            .put("id", urls.activityId(key))
            .put("type", type)
            .put("actor", message.author().toString());
    address(message, out);
    return out;
  }

  private static void address(DirectMessage message, ObjectNode out) {
    ArrayNode to = out.putArray("to");
    message.people().stream().map(URI::toString).sorted(Comparator.naturalOrder()).forEach(to::add);
    out.putArray("cc");
  }

  private static Turn turn(DirectMessage message) {
    return Turn.of(message.object(), Urgency.URGENT).after(message.place().parent());
  }

  private static Written written(String key, ObjectNode out, Turn turn) {
    return new Written(key, Vocabulary.document(out), turn);
  }
}
