package im.tombolo.http.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The copies on disk. A file's name says all of it: {@code KEY.SHA256.TYPE}, so that a directory
 * that is found can be used again. Safe for any thread.
 */
final class MediaFolder {
  private static final String UNFINISHED_PREFIX = "tombolo-";
  private static final String UNFINISHED = ".part";
  // What looks otherwise is not ours, and stays.
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([0-9a-f]{64})\\.([a-z0-9.-]+_[a-z0-9.-]+)");
  // What a file costs, however short it is.
  private static final long BLOCK = 4_096;

  private final Path directory;
  private final MediaLimits limits;
  private final InstantSource clock;
  // The least recently asked for first.
  private final Map<String, MediaFile> files = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  private MediaFolder(Path directory, MediaLimits limits, InstantSource clock) {
    this.directory = directory;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * @param directory is made if it is not there; what was being fetched at the last stop goes
   * @throws UncheckedIOException when it cannot be used
   */
  static MediaFolder open(Path directory, MediaLimits limits, InstantSource clock) {
    MediaFolder folder = new MediaFolder(directory, limits, clock);
    try {
      Files.createDirectories(directory);
      folder.scan();
    } catch (IOException unusable) {
      throw new UncheckedIOException("cannot use " + directory + " for media", unusable);
    }
    return folder;
  }

  private synchronized void scan() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path path : all) {
        String name = path.getFileName().toString();
        Matcher ours = NAME.matcher(name);
        if (name.startsWith(UNFINISHED_PREFIX) && name.endsWith(UNFINISHED)) {
          Files.delete(path);
        } else if (ours.matches()) {
          Instant since = Files.getLastModifiedTime(path).toInstant();
          String type = MediaTypes.harmless(ours.group(3).replace('_', '/'));
          add(ours.group(1), new MediaFile(path, type, ours.group(2), Files.size(path), since));
        }
      }
    }
    forgetOld();
  }

  /** A copy that is not too old. */
  synchronized Optional<MediaFile> find(String key) {
    Optional<MediaFile> found = Optional.ofNullable(files.get(key));
    if (found.filter(this::isOld).isPresent()) {
      remove(key);
      return Optional.empty();
    }
    return found;
  }

  /** Where something can be written before it is kept. */
  Path newFile() throws IOException {
    return Files.createTempFile(directory, UNFINISHED_PREFIX, UNFINISHED);
  }

  /** Takes over what was written to a {@link #newFile}. */
  MediaFile keep(String key, Path written, String type) throws IOException {
    String harmless = MediaTypes.harmless(type);
    String sha256 = sha256(written);
    Path path = directory.resolve(key + "." + sha256 + "." + harmless.replace('/', '_'));
    Instant now = clock.instant();
    MediaFile file = new MediaFile(path, harmless, sha256, Files.size(written), now);
    Files.setLastModifiedTime(written, FileTime.from(now));
    synchronized (this) {
      remove(key);
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
      add(key, file);
      forgetOld();
    }
    return file;
  }

  private void add(String key, MediaFile file) {
    files.put(key, file);
    total += weight(file);
  }

  /** Too old ones, and of the others what is too much. */
  synchronized void forgetOld() {
    files.entrySet().stream()
        .filter(entry -> isOld(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::remove);
    Iterator<String> oldest = files.keySet().stream().toList().iterator();
    while (total > limits.totalBytes() && oldest.hasNext()) {
      remove(oldest.next());
    }
  }

  private void remove(String key) {
    MediaFile gone = files.remove(key);
    if (gone == null) {
      return;
    }
    total -= weight(gone);
    try {
      Files.deleteIfExists(gone.path());
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }

  private boolean isOld(MediaFile file) {
    return file.since().plus(limits.age()).isBefore(clock.instant());
  }

  private static long weight(MediaFile file) {
    return (file.bytes() + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
