package im.tombolo.core.port;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Handle;
import java.net.URI;

/**
 * Questions to fediverse servers. Every GET is signed by the instance actor and goes through the
 * one client that checks addresses, redirects, sizes and times. Blocking, any thread.
 */
public interface Fediverse {
  /**
   * An ActivityStreams document.
   *
   * @param id https address (http only where the configuration allows it)
   */
  Answer<Document> document(URI id);

  /** The actor id that WebFinger gives for a handle, and the handle it calls the subject. */
  Answer<Finger> finger(Handle handle);

  /** A picture, at most {@code maxBytes} long. */
  Answer<File> picture(URI href, int maxBytes);

  /**
   * @param location where it was found after redirects
   * @param json the body, a JSON text of at most 1 MiB
   */
  record Document(URI location, String json) {
    /**
     * Whether it may say what is under an id: a server that sends us on to another one lends that
     * none of its names (FEP-fe34).
     */
    public boolean isFromServerOf(URI id) {
      return String.valueOf(id.getScheme()).equalsIgnoreCase(location.getScheme())
          && Authority.of(id).equals(Authority.of(location));
    }
  }

  record Finger(Handle subject, URI actor) {}

  @SuppressWarnings("ArrayRecordComponent") // handed over once, never kept
  record File(String mediaType, byte[] bytes) {}
}
