package im.tombolo.http.media;

import java.time.Duration;

/**
 * @param fileBytes longest file that is fetched
 * @param totalBytes of all copies; the one that was asked for least recently goes first
 * @param age after which a copy is fetched anew
 */
public record MediaLimits(long fileBytes, long totalBytes, Duration age) {
  public static final MediaLimits DEFAULT =
      new MediaLimits(40L << 20, 1L << 30, Duration.ofDays(7));
}
