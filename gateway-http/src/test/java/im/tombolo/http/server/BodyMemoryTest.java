package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
  private static final int STEP = 8 * 1_024;

  private final BodyMemory memory = new BodyMemory(3 * STEP);

  private static InputStream body(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }

  @Test
  void aBodyIsReadToItsEnd() throws IOException {
    for (int length : new int[] {0, 1, STEP, STEP + 1, 2 * STEP}) {
      try (BodyMemory.Share share = memory.share()) {
        assertThat(share.read(body(length), 1 << 20)).hasSize(length);
        assertThat(share.isShort()).isFalse();
      }
    }
  }

  @Test
  void noMoreIsReadThanIsWanted() throws IOException {
    try (BodyMemory.Share share = memory.share()) {
      assertThat(share.read(body(1 << 20), STEP + 1)).hasSize(STEP + 1);
    }
  }

  @Test
  void whatDoesNotFitIsSaidToBeShort() throws IOException {
    try (BodyMemory.Share share = memory.share()) {
      share.read(body(1 << 20), 1 << 20);
      assertThat(share.isShort()).isTrue();
    }
  }

  @Test
  void memoryIsFreeAgainOnceABodyIsClosed() throws IOException {
    try (BodyMemory.Share first = memory.share();
        BodyMemory.Share second = memory.share()) {
      first.read(body(2 * STEP), 1 << 20);
      second.read(body(STEP), 1 << 20);
      assertThat(second.isShort()).isTrue();
    }
    try (BodyMemory.Share third = memory.share()) {
      third.read(body(2 * STEP), 1 << 20);
      assertThat(third.isShort()).isFalse();
    }
  }
}
