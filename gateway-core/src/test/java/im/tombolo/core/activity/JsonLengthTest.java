package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonLengthTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\":1,\"b\":[true,false,null,-1.5,12345678901]}",
        "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"]",
        "{\"é\":\"ß\",\"€\":\"漢字\",\"😀\":\"👩‍👩‍👧\"}",
        "{\"a\":{\"b\":[[],[{}],[1,2]]}}"
      })
  void itIsAsLongAsWhatIsSent(String json) {
    JsonNode node = Json.MAPPER.readTree(json);
    assertThat(JsonLength.of(node)).isEqualTo(Json.MAPPER.writeValueAsBytes(node).length);
  }
}
