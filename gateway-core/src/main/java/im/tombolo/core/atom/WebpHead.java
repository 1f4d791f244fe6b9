package im.tombolo.core.atom;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The head of a WebP file (RFC 9649 §2.3 to 2.7), which Java does not read.
 *
 * @param width in pixels
 * @param height in pixels
 */
record WebpHead(int width, int height) {
  private static final int LENGTH = 30;
  private static final int SIDE = (1 << 14) - 1;
  private static final int CANVAS_SIDE = (1 << 24) - 1;

  /** Empty for what is no WebP. */
  static Optional<WebpHead> read(byte[] bytes) {
    if (bytes.length < LENGTH || !text(bytes, 0).equals("RIFF") || !text(bytes, 8).equals("WEBP")) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (text(bytes, 12)) {
      case "VP8 " -> Optional.of(new WebpHead(head.getShort(26) & SIDE, head.getShort(28) & SIDE));
      case "VP8L" -> {
        int sides = head.getInt(21);
        yield Optional.of(new WebpHead((sides & SIDE) + 1, (sides >>> 14 & SIDE) + 1));
      }
      case "VP8X" ->
          Optional.of(
              new WebpHead((head.getInt(24) & CANVAS_SIDE) + 1, (head.getInt(26) >>> 8) + 1));
      default -> Optional.empty();
    };
  }

  private static String text(byte[] bytes, int at) {
    return new String(bytes, at, 4, US_ASCII);
  }
}
