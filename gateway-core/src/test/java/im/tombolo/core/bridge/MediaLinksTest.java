package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.MediaUrls;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Attachment.Details;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediaLinksTest {
  private static final URI FILE = URI.create("https://files.example/a.mp4");
  private static final URI MIRROR = URI.create("https://mirror.example/a.mp4");
  private static final URI ICON = URI.create("https://files.example/cat.png");
  private static final MediaUrls URLS =
      new MediaUrls(
          new GatewayUrls(URI.create("https://example.org"), List.of("example.org")),
          new byte[] {1});
  private static final Content CONTENT = content(FILE, MIRROR, ICON);

  private static Content content(URI file, URI mirror, URI icon) {
    return Content.of(Html.ofPlainText("Hello")).toBuilder()
        .attachments(
            List.of(
                new Attachment(
                    file,
                    Optional.of("video/mp4"),
                    Optional.of("A cat"),
                    Details.UNKNOWN,
                    List.of(mirror))))
        .emojis(List.of(new CustomEmoji(":cat:", icon)))
        .build();
  }

  @Test
  void filesAndEmojisGoThroughTheProxyWhenItIsOn() {
    assertThat(new MediaLinks(Optional.of(URLS)).in(CONTENT))
        .isEqualTo(content(URLS.of(FILE), URLS.of(MIRROR), URLS.of(ICON)));
  }

  @Test
  void theyStayWhereTheyAreWhenItIsOff() {
    assertThat(new MediaLinks(Optional.empty()).in(CONTENT)).isEqualTo(CONTENT);
  }
}
