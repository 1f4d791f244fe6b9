package im.tombolo.http.server;

import im.tombolo.core.port.Answer;
import im.tombolo.http.media.MediaFile;
import im.tombolo.http.media.MediaProxy;
import im.tombolo.http.media.MediaTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves what the media proxy has, whole or in part. It comes from strangers: nothing of it runs.
 */
final class MediaRoutes {
  private static final String POLICY = "default-src 'none'; sandbox";
  private static final String CACHE = "public, max-age=86400";
  private static final int BUFFER = 64 * 1024;

  private final MediaProxy proxy;

  MediaRoutes(MediaProxy proxy) {
    this.proxy = proxy;
  }

  /**
   * @param below segments behind {@code media}
   * @return what to answer, or nothing when the answer is on its way
   */
  Optional<Reply> answer(Request request, Response response, Callback callback, List<String> below)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      return Optional.of(Routes.notAllowed("GET, HEAD"));
    }
    if (below.size() != 2) {
      return Optional.of(Reply.notFound());
    }
    return switch (proxy.get(below.get(0), below.get(1))) {
      case Answer.Got<MediaFile>(MediaFile file) -> serve(request, response, callback, file);
      case Answer.Unavailable<MediaFile> failed -> Optional.of(notNow());
      case Answer<MediaFile> none -> Optional.of(Reply.notFound());
    };
  }

  private static Reply notNow() {
    return Reply.text(502, "The file cannot be had from its server at the moment.")
        .with("Retry-After", "60");
  }

  private static Optional<Reply> serve(
      Request request, Response response, Callback callback, MediaFile file) throws IOException {
    SeekableByteChannel content;
    try {
      content = Files.newByteChannel(file.path());
    } catch (NoSuchFileException madeRoom) {
      return Optional.of(notNow());
    }
    head(response.getHeaders(), file);
    String tag = tag(file);
    HttpFields asked = request.getHeaders();
    if (tag.equals(asked.get(HttpHeader.IF_NONE_MATCH))) {
      return empty(response, callback, content, 304);
    }
    boolean isPart =
        request.getMethod().equals("GET")
            && Optional.ofNullable(asked.get(HttpHeader.IF_RANGE)).map(tag::equals).orElse(true);
    Optional<String> range =
        Optional.ofNullable(asked.get(HttpHeader.RANGE)).filter(header -> isPart);
    return switch (ByteRange.read(range, file.bytes())) {
      case ByteRange.Outside() -> {
        response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + file.bytes());
        yield empty(response, callback, content, 416);
      }
      case ByteRange.Part part -> {
        response
            .getHeaders()
            .put(
                HttpHeader.CONTENT_RANGE,
                "bytes " + part.first() + "-" + part.last() + "/" + file.bytes());
        yield body(request, response, callback, content, 206, part);
      }
      case ByteRange.Whole() ->
          body(request, response, callback, content, 200, new ByteRange.Part(0, file.bytes() - 1));
    };
  }

  private static void head(HttpFields.Mutable headers, MediaFile file) {
    headers.put(HttpHeader.CONTENT_TYPE, file.type());
    headers.put(HttpHeader.ETAG, tag(file));
    headers.put(HttpHeader.CACHE_CONTROL, CACHE);
    headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    // RFC 9530
    byte[] sha256 = HexFormat.of().parseHex(file.sha256());
    headers.put("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":");
    if (!MediaTypes.isShown(file.type())) {
      headers.put("Content-Disposition", "attachment");
    }
  }

  private static String tag(MediaFile file) {
    return "\"" + file.sha256() + "\"";
  }

  private static Optional<Reply> empty(
      Response response, Callback callback, SeekableByteChannel content, int status)
      throws IOException {
    content.close();
    response.setStatus(status);
    response.write(true, ByteBuffer.allocate(0), callback);
    return Optional.empty();
  }

  private static Optional<Reply> body(
      Request request,
      Response response,
      Callback callback,
      SeekableByteChannel content,
      int status,
      ByteRange.Part part)
      throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, part.length());
    if (part.length() == 0 || request.getMethod().equals("HEAD")) {
      return empty(response, callback, content, status);
    }
    response.setStatus(status);
    ByteBufferPool pool = request.getComponents().getByteBufferPool();
    Content.copy(
        Content.Source.from(
            new ByteBufferPool.Sized(pool, true, BUFFER), content, part.first(), part.length()),
        response,
        callback);
    return Optional.empty();
  }
}
