package im.tombolo.http.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * The memory for bodies that are read or worked on at a time. A body takes of it as it comes in, so
 * that whoever announces much and sends little holds little. Any thread.
 */
final class BodyMemory {
  private static final int STEP = 8 * 1_024;

  private final Semaphore steps;

  /**
   * @param bytes of all bodies together, as far as whole steps of 8 KiB go
   */
  BodyMemory(int bytes) {
    this.steps = new Semaphore(bytes / STEP);
  }

  Share share() {
    return new Share();
  }

  /** What one body has of it, until it is closed. One thread. */
  final class Share implements AutoCloseable {
    private int taken;
    private boolean isShort;

    /**
     * Reads to the end, or until there are {@code max} bytes, or memory is short.
     *
     * @throws IOException when the connection broke
     */
    byte[] read(InputStream in, int max) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream(STEP);
      while (body.size() < max && grows()) {
        byte[] step = in.readNBytes(Math.min(STEP, max - body.size()));
        body.write(step);
        if (step.length < STEP) {
          break;
        }
      }
      return body.toByteArray();
    }

    private boolean grows() {
      isShort = !steps.tryAcquire();
      taken += isShort ? 0 : 1;
      return !isShort;
    }

    /** Whether there was no memory for all of it. */
    boolean isShort() {
      return isShort;
    }

    @Override
    public void close() {
      steps.release(taken);
    }
  }
}
