package im.tombolo.core.activity;

import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long a document is when it is sent, in bytes of UTF-8, without writing it: a post is measured
 * several times until all of it has its room.
 */
final class JsonLength {
  // One for all objects: long documents have hundreds.
  private final BiConsumer<String, JsonNode> member = this::add;
  private int bytes;

  private JsonLength() {}

  static int of(JsonNode node) {
    JsonLength length = new JsonLength();
    length.add(node);
    return length.bytes;
  }

  private void add(JsonNode node) {
    if (node.isString()) {
      bytes += string(node.stringValue());
    } else if (node instanceof ObjectNode object) {
      bytes += brackets(object.size());
      object.forEachEntry(member);
    } else if (node.isArray()) {
      bytes += brackets(node.size());
      for (int i = 0; i < node.size(); i++) {
        add(node.get(i));
      }
    } else if (node.isBoolean()) {
      bytes += node.booleanValue() ? "true".length() : "false".length();
    } else {
      bytes += node.toString().length();
    }
  }

  private void add(String name, JsonNode value) {
    bytes += string(name) + 1;
    add(value);
  }

  /** With the commas between. */
  private static int brackets(int items) {
    return 2 + Math.max(0, items - 1);
  }

  private static int string(String text) {
    int length = 2;
    for (int i = 0; i < text.length(); i++) {
      length += character(text.charAt(i));
    }
    return length;
  }

  private static int character(char c) {
    if (c < ' ') {
      return c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r' ? 2 : 6;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    // Each half of a pair is half of four.
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
