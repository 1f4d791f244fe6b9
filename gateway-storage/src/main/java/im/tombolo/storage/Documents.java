package im.tombolo.storage;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import im.tombolo.core.text.RichText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Records of the model as JSON columns. The columns are ours alone, nobody else reads them. */
final class Documents {
  // Components only: isDomain() of a JID is no property of it.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(RichText.class, TextAsHtml.class)
          .changeDefaultVisibility(visible ->
              visible
                  .withGetterVisibility(Visibility.NONE)
                  .withIsGetterVisibility(Visibility.NONE)
                  .withFieldVisibility(Visibility.ANY))
          .build();

  private Documents() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** As {@code {"html": …}}: a text knows more than is kept of it. */
  @SuppressWarnings("UnusedVariable") // for Jackson
  private abstract static class TextAsHtml {
    @JsonIgnore @Nullable String plain;

    @JsonCreator
    TextAsHtml(@JsonProperty("html") String html) {}
  }
}
