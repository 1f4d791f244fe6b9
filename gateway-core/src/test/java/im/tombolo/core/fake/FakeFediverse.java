package im.tombolo.core.fake;

import im.tombolo.core.address.Handle;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Fediverse servers of which each holds what it was given, and no more. Safe for any thread. */
public final class FakeFediverse implements Fediverse {
  private final Map<URI, Answer<Document>> documents = new ConcurrentHashMap<>();
  private final Map<Handle, Answer<Finger>> fingers = new ConcurrentHashMap<>();
  private final Map<URI, File> pictures = new ConcurrentHashMap<>();
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  public void holds(URI id, String json) {
    holds(id, id, json);
  }

  /**
   * @param location where redirects lead
   */
  public void holds(URI id, URI location, String json) {
    documents.put(id, Answer.got(new Document(location, json)));
  }

  /** What is said of a document, instead of giving it. */
  public void answers(URI id, Answer<Document> answer) {
    documents.put(id, answer);
  }

  public void knows(Handle handle, Handle subject, URI actor) {
    fingers.put(handle, Answer.got(new Finger(subject, actor)));
  }

  public void shows(URI href, String mediaType, byte[] bytes) {
    pictures.put(href, new File(mediaType, bytes));
  }

  /** Nobody answers at a host, until {@link #goesUp}. */
  public void goesDown(String host) {
    down.add(host);
  }

  public void goesUp(String host) {
    down.remove(host);
  }

  /** Every question: {@code GET address} and {@code FINGER handle}, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public void forgetsQuestions() {
    asked.clear();
  }

  @Override
  public Answer<Document> document(URI id) {
    asked.add("GET " + id);
    return down.contains(id.getHost())
        ? new Answer.Unavailable<>("down")
        : documents.getOrDefault(id, new Answer.Missing<>());
  }

  @Override
  public Answer<Finger> finger(Handle handle) {
    asked.add("FINGER " + handle);
    return down.contains(handle.host())
        ? new Answer.Unavailable<>("down")
        : fingers.getOrDefault(handle, new Answer.Missing<>());
  }

  @Override
  public Answer<File> picture(URI href, int maxBytes) {
    asked.add("GET " + href);
    File file = pictures.get(href);
    return file == null || file.bytes().length > maxBytes
        ? new Answer.Missing<>()
        : Answer.got(file);
  }
}
