package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-9, 0, 9",
    "bytes=3-, 3, 9",
    "bytes=3-99, 3, 9",
    "bytes=9-9, 9, 9",
    "bytes=-1, 9, 9",
    "bytes=-10, 0, 9",
    "bytes=-99, 0, 9",
    "bytes=0-999999999999999999, 0, 9"
  })
  void aRangeIsCutToTheFile(String header, long first, long last) {
    assertThat(ByteRange.read(Optional.of(header), 10)).isEqualTo(new ByteRange.Part(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999999999-"})
  void whatLiesOutsideIsNotThere(String header) {
    assertThat(ByteRange.read(Optional.of(header), 10)).isEqualTo(new ByteRange.Outside());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-3",
        "bytes=a-b",
        "bytes=0-1,3-4",
        "items=0-1",
        "bytes=0-9999999999999999999999",
        "bytes=+1-2"
      })
  void whatIsNoSingleRangeAsksForAll(String header) {
    assertThat(ByteRange.read(Optional.of(header), 10)).isEqualTo(new ByteRange.Whole());
  }

  @Test
  void anEmptyFileHasNoRanges() {
    assertThat(ByteRange.read(Optional.of("bytes=0-"), 0)).isEqualTo(new ByteRange.Outside());
    assertThat(ByteRange.read(Optional.of("bytes=-5"), 0)).isEqualTo(new ByteRange.Outside());
  }
}
