package im.tombolo.bench.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of one connection, cut into HTTP/1.1 messages that have a Content-Length or no body. */
final class Messages {
  private static final int MAX = 4 << 20;
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.ISO_8859_1);

  private byte[] bytes = new byte[4_096];
  private int filled;

  /**
   * @param head request or status line and headers
   */
  record Message(String head, byte[] body) {}

  void add(byte[] from, int length) {
    if (filled + length > MAX) {
      throw new IllegalStateException("a message of more than " + MAX + " bytes");
    }
    if (filled + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, filled + length));
    }
    System.arraycopy(from, 0, bytes, filled, length);
    filled += length;
  }

  /** Takes the first whole message; null when there is none. */
  @SuppressWarnings("NullAway") // once for each message of a load: no Optional here
  Message next() {
    int head = endOfHead();
    if (head < 0) {
      return null;
    }
    int end = head + contentLength(head);
    if (filled < end) {
      return null;
    }
    Message message =
        new Message(
            new String(bytes, 0, head, StandardCharsets.ISO_8859_1),
            Arrays.copyOfRange(bytes, head, end));
    System.arraycopy(bytes, end, bytes, 0, filled - end);
    filled -= end;
    return message;
  }

  private int endOfHead() {
    for (int i = 3; i < filled; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int contentLength(int head) {
    for (int line = nextLine(0, head); line < head - 2; line = nextLine(line, head)) {
      if (isLength(line)) {
        int length = 0;
        for (int i = line + LENGTH.length; bytes[i] != '\r'; i++) {
          if (bytes[i] != ' ') {
            length = length * 10 + bytes[i] - '0';
          }
        }
        return length;
      }
    }
    return 0;
  }

  private int nextLine(int from, int head) {
    int at = from;
    while (at < head && bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private boolean isLength(int line) {
    for (int i = 0; i < LENGTH.length; i++) {
      if ((bytes[line + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
