package im.tombolo.http.media;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.MediaUrls;
import im.tombolo.core.port.Answer;
import im.tombolo.http.fake.DrivenClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaProxyTest {
  private static final MediaUrls URLS =
      new MediaUrls(
          new GatewayUrls(URI.create("https://example.org"), List.of("example.org")),
          new byte[] {1});
  private static final URI SOURCE = URI.create("https://files.example/a");

  @TempDir private Path directory;
  private final DrivenClock clock = new DrivenClock();
  private final AtomicInteger fetches = new AtomicInteger();

  private MediaProxy proxy(MediaProxy.Source source) {
    return new MediaProxy(
        URLS,
        (href, file, maxBytes) -> {
          fetches.incrementAndGet();
          return source.download(href, file, maxBytes);
        },
        directory,
        MediaLimits.DEFAULT,
        clock);
  }

  private static MediaProxy.Source having(String type) {
    return (href, file, maxBytes) -> {
      try {
        Files.writeString(file, "content of " + href);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      return Answer.got(type);
    };
  }

  private static Answer<MediaFile> get(MediaProxy proxy, URI source) {
    String[] segments = URLS.of(source).getPath().split("/");
    return proxy.get(segments[2], segments[3]);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aFileIsFetchedOnceForEverybody() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    MediaProxy proxy =
        proxy((href, file, maxBytes) -> {
          try {
            go.await();
          } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
          }
          return having("image/png").download(href, file, maxBytes);
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Answer<MediaFile>>> asked =
          IntStream.range(0, 20)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> get(proxy, SOURCE), threads))
              .toList();
      go.countDown();
      assertThat(asked)
          .allSatisfy(answer ->
              assertThat(answer.join().value().orElseThrow().path())
                  .hasContent("content of https://files.example/a"));
    }
    get(proxy, SOURCE);
    assertThat(fetches).hasValue(1);
    assertThat(files()).hasSize(1);
  }

  @Test
  void case71_aCopyOfAFileOfABlockedServerIsNotServed() {
    AtomicBoolean isBlocked = new AtomicBoolean();
    MediaProxy proxy =
        new MediaProxy(
            URLS,
            (href, file, maxBytes) -> {
              fetches.incrementAndGet();
              return having("image/png").download(href, file, maxBytes);
            },
            directory,
            MediaLimits.DEFAULT,
            clock,
            href -> isBlocked.get());
    assertThat(get(proxy, SOURCE).value()).isPresent();

    isBlocked.set(true);

    assertThat(get(proxy, SOURCE)).isInstanceOf(Answer.Missing.class);
    assertThat(get(proxy, URI.create("https://files.example/b")))
        .isInstanceOf(Answer.Missing.class);
    assertThat(fetches).hasValue(1);
  }

  @Test
  void whatCannotBeHadIsAskedForOnceAMinute() throws IOException {
    MediaProxy proxy = proxy((href, file, maxBytes) -> new Answer.Unavailable<>("down"));
    assertThat(get(proxy, SOURCE)).isEqualTo(new Answer.Unavailable<>("down"));
    assertThat(get(proxy, SOURCE)).isEqualTo(new Answer.Unavailable<>("down"));
    assertThat(fetches).hasValue(1);
    clock.pass(Duration.ofSeconds(61));
    get(proxy, SOURCE);
    assertThat(fetches).hasValue(2);
    assertThat(files()).isEmpty();
  }

  @Test
  void aSourceThatThrowsBlocksNobody() {
    MediaProxy proxy =
        proxy((href, file, maxBytes) -> {
          throw new IllegalStateException("broken");
        });
    for (int i = 0; i < 20; i++) {
      assertThat(catching(proxy)).isEqualTo("broken");
    }
  }

  private static String catching(MediaProxy proxy) {
    try {
      return get(proxy, SOURCE).toString();
    } catch (IllegalStateException broken) {
      return broken.getMessage();
    }
  }

  @Test
  void case37_anAddressThatWeDidNotWriteIsNotFetched() {
    MediaProxy proxy = proxy(having("image/png"));
    assertThat(proxy.get("AAAAAAAAAAAAAAAAAAAAAA", "aHR0cHM6Ly9hLmV4YW1wbGUv"))
        .isEqualTo(new Answer.Missing<>());
    assertThat(fetches).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, image/png",
    "image/jpeg, image/jpeg",
    "image/avif, image/avif",
    "video/mp4, video/mp4",
    "audio/x-m4a, audio/x-m4a",
    "image/svg+xml, application/octet-stream",
    "text/html, application/octet-stream",
    "application/xhtml+xml, application/octet-stream",
    "application/pdf, application/octet-stream",
    "text/javascript, application/octet-stream",
    "video/x+xml, application/octet-stream",
    "'video/mp4, text/html', application/octet-stream",
    "'video/../x', application/octet-stream",
    "'', application/octet-stream"
  })
  void case19_onlyPicturesSoundAndFilmKeepTheirTypes(String given, String served) {
    assertThat(get(proxy(having(given)), SOURCE).value().map(MediaFile::type)).contains(served);
  }
}
