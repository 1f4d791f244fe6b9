package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.AVATAR_DATA;
import static im.tombolo.core.xml.Namespaces.AVATAR_METADATA;

import im.tombolo.core.address.Ids;
import im.tombolo.core.model.Image;
import im.tombolo.core.model.Picture;
import im.tombolo.core.xml.Element;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures of people (XEP-0084, XEP-0153). */
public final class Avatars {
  /** Larger pictures are left out: stanzas have to pass limits of 256 KiB. */
  public static final int MAX_BYTES = 128 * 1024;

  /** Few bytes can unfold to more pixels than a client has memory for. */
  private static final int MAX_SIDE = 4096;

  private static final Map<String, String> TYPES =
      Map.of("png", "image/png", "JPEG", "image/jpeg", "gif", "image/gif");

  private Avatars() {}

  /** A picture from its bytes; empty when it is none that clients show, or too large. */
  public static Optional<Picture> picture(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    Optional<WebpHead> webp = WebpHead.read(bytes);
    if (webp.isPresent()) {
      return picture("image/webp", webp.get().width(), webp.get().height(), bytes);
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        Optional<String> type = Optional.ofNullable(TYPES.get(reader.getFormatName()));
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        return type.flatMap(known -> picture(known, width, height, bytes));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException damaged) {
      // ImageIO throws unchecked exceptions on some damaged files.
      return Optional.empty();
    }
  }

  private static Optional<Picture> picture(String type, int width, int height, byte[] bytes) {
    return Math.max(width, height) > MAX_SIDE
        ? Optional.empty()
        : Optional.of(new Picture(sha1(bytes), type, width, height, bytes));
  }

  /** The picture in base64 text, as vCards and data nodes hold it. */
  static Optional<Picture> ofBase64(String text) {
    if (text.length() > MAX_BYTES * 2) {
      return Optional.empty();
    }
    try {
      return picture(Base64.getMimeDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The picture in a data node's item. */
  public static Optional<Picture> read(Element data) {
    return data.is("data", AVATAR_DATA) ? ofBase64(data.text()) : Optional.empty();
  }

  /** True when a metadata node's item says that there is a picture, not that there is none. */
  public static boolean isThere(Element metadata) {
    return metadata.child("info", AVATAR_METADATA).isPresent();
  }

  /** The picture that a banner node's item names: on the web, and of a kind that is shown. */
  public static Optional<Image> banner(Element metadata) {
    return metadata.children("info", AVATAR_METADATA).stream()
        .flatMap(info ->
            Uris.web(info.attributeOr("url", "")).stream()
                .map(url ->
                    new Image(url, info.attribute("type").filter(t -> t.startsWith("image/")))))
        .findFirst();
  }

  /** As Movim reads it; no picture: empty metadata. */
  public static Element banner(Optional<Image> banner) {
    return Element.of("metadata", AVATAR_METADATA)
        .child(
            banner.map(image ->
                Element.of("info", AVATAR_METADATA)
                    .attribute("id", Ids.key("banner", image.href().toString()))
                    .attribute("type", image.mediaType().orElse("image/jpeg"))
                    .attribute("url", image.href().toString())
                    .build()))
        .build();
  }

  public static Element metadata(Optional<Picture> picture) {
    return Element.of("metadata", AVATAR_METADATA)
        .child(
            picture.map(p -> {
              Element.Builder info = Element.of("info", AVATAR_METADATA).attribute("id", p.sha1());
              info.attribute("bytes", Integer.toString(p.bytes().length));
              info.attribute("type", p.mediaType());
              if (p.width() > 0 && p.height() > 0) {
                info.attribute("width", Integer.toString(p.width()));
                info.attribute("height", Integer.toString(p.height()));
              }
              return info.build();
            }))
        .build();
  }

  public static Element data(Picture picture) {
    return Element.of("data", AVATAR_DATA)
        .text(Base64.getEncoder().encodeToString(picture.bytes()))
        .build();
  }

  @SuppressWarnings("InsecureCryptoUsage") // XEP-0084 §4 names pictures by their SHA-1
  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
