package im.tombolo.core.activity;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.text.Excerpt;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the files of a post. */
final class MediaWriter {
  // What Mastodon takes; the text needs the rest of the room.
  private static final int MAX_ATTACHMENTS = 16;
  private static final int MAX_DESCRIPTION = 1_500;
  private static final Map<String, String> TYPES =
      Map.of("image", "Image", "video", "Video", "audio", "Audio");

  private MediaWriter() {}

  static void write(List<Attachment> files, ArrayNode out) {
    for (Attachment file : files.subList(0, Math.min(files.size(), MAX_ATTACHMENTS))) {
      write(file, out.addObject());
    }
  }

  private static void write(Attachment attachment, ObjectNode file) {
    String kind = attachment.mediaType().map(MediaWriter::kind).orElse("");
    file.put("type", TYPES.getOrDefault(kind, "Document"));
    attachment.mediaType().ifPresent(type -> file.put("mediaType", type));
    url(attachment, file);
    attachment.description().ifPresent(text -> file.put("name", Excerpt.of(text, MAX_DESCRIPTION)));
    Attachment.Details details = attachment.details();
    details.size().ifPresent(size -> file.put("width", size.width()).put("height", size.height()));
    details.bytes().ifPresent(bytes -> file.put("size", bytes));
    details.duration().ifPresent(time -> file.put("duration", time.toString()));
    details.blurhash().ifPresent(hash -> file.put("blurhash", hash));
    details.focus().ifPresent(focus -> file.putArray("focalPoint").add(focus.x()).add(focus.y()));
  }

  private static String kind(String type) {
    int slash = type.indexOf('/');
    return slash < 0 ? type : type.substring(0, slash);
  }

  /** One address is a string, as nearly everybody wants it; several are links. */
  private static void url(Attachment attachment, ObjectNode file) {
    if (attachment.mirrors().isEmpty()) {
      file.put("url", attachment.href().toString());
      return;
    }
    ArrayNode urls = file.putArray("url");
    Stream.concat(Stream.of(attachment.href()), attachment.mirrors().stream())
        .forEach(href -> {
          ObjectNode link = urls.addObject().put("type", "Link").put("href", href.toString());
          attachment.mediaType().ifPresent(type -> link.put("mediaType", type));
        });
  }
}
