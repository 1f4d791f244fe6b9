package im.tombolo.core.bridge;

import im.tombolo.core.address.MediaUrls;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import java.util.Optional;

/**
 * The files of fediverse posts, as our people get them: where they are, or through the media proxy
 * so that their servers do not learn who looks.
 */
record MediaLinks(Optional<MediaUrls> proxy) {
  Content in(Content content) {
    return proxy.map(urls -> through(urls, content)).orElse(content);
  }

  private static Content through(MediaUrls urls, Content content) {
    return content.toBuilder()
        .attachments(content.attachments().stream().map(file -> through(urls, file)).toList())
        .emojis(
            content.emojis().stream()
                .map(emoji -> new CustomEmoji(emoji.name(), urls.of(emoji.icon())))
                .toList())
        .build();
  }

  private static Attachment through(MediaUrls urls, Attachment file) {
    return new Attachment(
        urls.of(file.href()),
        file.mediaType(),
        file.description(),
        file.details(),
        file.mirrors().stream().map(urls::of).toList());
  }
}
