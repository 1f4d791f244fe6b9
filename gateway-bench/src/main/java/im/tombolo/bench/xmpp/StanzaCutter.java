package im.tombolo.bench.xmpp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts what the gateway writes into stanzas, by the nesting of tags. Knows only what the gateway's
 * writer writes: no comments, no CDATA, and {@code >} in attributes escaped. One thread.
 */
final class StanzaCutter {
  private static final int MAX = 4 << 20;

  private byte[] bytes = new byte[64 * 1024];
  private int filled;
  private int scanned;
  private int begin;
  private int depth;
  private int tag = -1;

  void add(byte[] from, int length, Consumer<String> stanza) {
    if (filled + length > bytes.length) {
      if (filled + length > MAX) {
        throw new IllegalStateException("a stanza of more than " + MAX + " bytes");
      }
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, filled + length));
    }
    System.arraycopy(from, 0, bytes, filled, length);
    filled += length;
    for (; scanned < filled; scanned++) {
      byte b = bytes[scanned];
      if (b == '<') {
        tag = scanned;
      } else if (b == '>' && tag >= 0) {
        closed(stanza);
        tag = -1;
      }
    }
    System.arraycopy(bytes, begin, bytes, 0, filled - begin);
    filled -= begin;
    scanned -= begin;
    tag = tag < 0 ? tag : tag - begin;
    begin = 0;
  }

  private void closed(Consumer<String> stanza) {
    byte kind = bytes[tag + 1];
    if (kind == '?') {
      begin = scanned + 1;
    } else if (kind == '/') {
      depth--;
      end(stanza);
    } else if (bytes[scanned - 1] != '/') {
      depth++;
      if (depth == 1) {
        // The stream itself.
        begin = scanned + 1;
      }
    } else {
      end(stanza);
    }
  }

  private void end(Consumer<String> stanza) {
    if (depth == 1) {
      stanza.accept(new String(bytes, begin, scanned + 1 - begin, StandardCharsets.UTF_8));
      begin = scanned + 1;
    }
  }
}
