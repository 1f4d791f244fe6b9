package im.tombolo.core.activity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Documents in the style of each server: ours, small, and about people who are not. */
public final class PeerDocuments {
  private PeerDocuments() {}

  /**
   * @param name of a file in {@code peers}, without {@code .json}
   */
  public static String json(String name) {
    try (InputStream in = PeerDocuments.class.getResourceAsStream("/peers/" + name + ".json")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
