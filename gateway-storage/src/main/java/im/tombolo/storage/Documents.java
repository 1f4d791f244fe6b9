package im.tombolo.storage;

import tools.jackson.databind.json.JsonMapper;

/** Records of the model as JSON columns. The columns are ours alone, nobody else reads them. */
final class Documents {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Documents() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}
