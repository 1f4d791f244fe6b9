package im.tombolo.http.media;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.MediaUrls;
import im.tombolo.core.port.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of files for the addresses that we gave them: from disk, or fetched now, each once at a
 * time and only a few together. Blocking, any thread.
 */
public final class MediaProxy {
  private static final Logger LOG = LoggerFactory.getLogger(MediaProxy.class);
  private static final int FETCHES = 8;
  private static final Duration WAIT = Duration.ofSeconds(10);
  // What could not be had is not asked for again at every look.
  private static final Duration FAILURE = Duration.ofMinutes(1);
  private static final int FAILURES = 10_000;

  private final MediaUrls urls;
  private final Source source;
  private final Predicate<URI> unwanted;
  private final MediaLimits limits;
  private final MediaFolder folder;
  private final Semaphore places = new Semaphore(FETCHES, true);
  private final ConcurrentMap<String, CompletableFuture<Answer<MediaFile>>> flights =
      new ConcurrentHashMap<>();
  private final Cache<String, Answer<MediaFile>> failures;

  /** Where files come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * Writes a file of at most so many bytes.
     *
     * @return its media type, in lower case and without parameters
     */
    Answer<String> download(URI href, Path file, long maxBytes);
  }

  /**
   * @param directory of the copies, of which nothing else is the owner
   */
  public MediaProxy(
      MediaUrls urls, Source source, Path directory, MediaLimits limits, InstantSource clock) {
    this(urls, source, directory, limits, clock, href -> false);
  }

  /**
   * @param directory of the copies, of which nothing else is the owner
   * @param unwanted what counts as not there
   */
  public MediaProxy(
      MediaUrls urls,
      Source source,
      Path directory,
      MediaLimits limits,
      InstantSource clock,
      Predicate<URI> unwanted) {
    this.unwanted = unwanted;
    this.urls = urls;
    this.source = source;
    this.limits = limits;
    this.folder = MediaFolder.open(directory, limits, clock);
    this.failures =
        Caffeine.newBuilder()
            .expireAfterWrite(FAILURE)
            .maximumSize(FAILURES)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /**
   * The file behind one of our addresses.
   *
   * @param key first segment behind {@link MediaUrls#SEGMENT}
   * @param encoded the second one
   */
  public Answer<MediaFile> get(String key, String encoded) {
    Optional<URI> href = urls.source(key, encoded);
    if (href.filter(unwanted.negate()).isEmpty()) {
      return new Answer.Missing<>();
    }
    return folder
        .find(key)
        .map(Answer::got)
        .or(() -> Optional.ofNullable(failures.getIfPresent(key)))
        .orElseGet(() -> fetchOnce(key, href.get()));
  }

  private Answer<MediaFile> fetchOnce(String key, URI href) {
    CompletableFuture<Answer<MediaFile>> mine = new CompletableFuture<>();
    CompletableFuture<Answer<MediaFile>> other = flights.putIfAbsent(key, mine);
    if (other != null) {
      return other.join();
    }
    Answer<MediaFile> answer = new Answer.Unavailable<>("failed");
    try {
      // Somebody may have brought it since it was looked for.
      Optional<MediaFile> there = folder.find(key);
      answer = there.isPresent() ? Answer.got(there.get()) : fetch(key, href);
      if (answer.value().isEmpty()) {
        failures.put(key, answer);
      }
    } finally {
      mine.complete(answer);
      flights.remove(key, mine);
    }
    return answer;
  }

  private Answer<MediaFile> fetch(String key, URI href) {
    try {
      if (!places.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Answer.Unavailable<>("too many files are being fetched");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Answer.Unavailable<>("stopping");
    }
    try {
      Path file = folder.newFile();
      try {
        Answer<String> type = source.download(href, file, limits.fileBytes());
        return type instanceof Answer.Got<String>(String got)
            ? Answer.got(folder.keep(key, file, got))
            : type.flatMap(none -> new Answer.Missing<>());
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException disk) {
      LOG.warn("a media file cannot be kept", disk);
      return new Answer.Unavailable<>("the disk");
    } finally {
      places.release();
    }
  }

  /** Makes room; to be called now and then. */
  public int forgetOld() {
    folder.forgetOld();
    return 0;
  }
}
