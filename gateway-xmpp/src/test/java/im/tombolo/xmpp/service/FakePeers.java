package im.tombolo.xmpp.service;

import im.tombolo.core.address.Handle;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The fediverse, as far as a test has put people there. All of them live on one server. */
public final class FakePeers implements Fediverse {
  public static final String HOST = "social.example";

  private final Map<Handle, Answer<Finger>> fingers = new ConcurrentHashMap<>();
  private final Map<URI, Answer<Document>> documents = new ConcurrentHashMap<>();
  private final Map<URI, Answer<File>> pictures = new ConcurrentHashMap<>();
  private volatile CountDownLatch open = new CountDownLatch(0);
  private final List<URI> asked = new CopyOnWriteArrayList<>();

  public static URI id(String name) {
    return URI.create("https://" + HOST + "/" + name);
  }

  /** The id of somebody's post; its number is also the minute in which it was published. */
  public static URI post(String name, int number) {
    return URI.create(id(name) + "/posts/" + number);
  }

  /** Somebody with as many posts, all for everybody. */
  public void add(String name, int posts) {
    String[] notes = new String[posts];
    for (int i = 0; i < posts; i++) {
      notes[i] = note(name, i + 1, "post " + (i + 1));
    }
    add(name, notes);
  }

  /** A community without posts. */
  public void addGroup(String name) {
    addActor(name, "Group");
  }

  /** Somebody with posts, from old to new. */
  public void add(String name, String... notes) {
    addActor(name, "Person", notes);
  }

  private void addActor(String name, String type, String... notes) {
    URI id = id(name);
    fingers.put(new Handle(name, HOST), Answer.got(new Finger(new Handle(name, HOST), id)));
    put(
        id,
        """
        {"@context": "https://www.w3.org/ns/activitystreams", "type": "%3$s", "id": "%1$s",
         "preferredUsername": "%2$s", "name": "Miss %2$s", "summary": "<p>Mathematics &amp; more</p>",
         "url": "%1$s/profile", "icon": {"type": "Image", "url": "%1$s/face.png"},
         "image": {"type": "Image", "mediaType": "image/webp", "url": "%1$s/banner.webp"},
         "inbox": "%1$s/inbox", "outbox": "%1$s/outbox", "followers": "%1$s/followers",
         "following": "%1$s/following"}
        """
            .formatted(id, name, type));
    List<String> newestFirst = new ArrayList<>(Arrays.asList(notes)).reversed();
    put(
        URI.create(id + "/outbox"),
        "{\"type\": \"OrderedCollection\", \"id\": \"%s/outbox\", \"orderedItems\": [%s]}"
            .formatted(id, newestFirst.stream().collect(Collectors.joining(","))));
  }

  public static String note(String name, int number, String html) {
    return note(name, number, html, "https://www.w3.org/ns/activitystreams#Public");
  }

  public static String note(String name, int number, String html, String to) {
    return """
    {"type": "Note", "id": "%s", "attributedTo": "%s", "content": "%s", "to": ["%s"],
     "published": "2026-01-01T10:%02d:00Z"}
    """
        .formatted(post(name, number), id(name), html, to, number);
  }

  public void picture(String name, byte[] png) {
    pictures.put(URI.create(id(name) + "/face.png"), Answer.got(new File("image/png", png)));
  }

  /** Who follows somebody, or is followed: newest first. */
  public void lists(String name, String collection, String... names) {
    URI place = URI.create(id(name) + "/" + collection);
    put(
        place,
        "{\"type\": \"OrderedCollection\", \"id\": \"%s\", \"orderedItems\": [%s]}"
            .formatted(
                place,
                Arrays.stream(names)
                    .map(one -> "\"" + id(one) + "\"")
                    .collect(Collectors.joining(","))));
  }

  /** A server that does not answer when it is asked for somebody. */
  public void silent(String name) {
    fingers.put(new Handle(name, HOST), new Answer.Unavailable<>("timeout"));
  }

  public void gone(String name) {
    documents.put(id(name), new Answer.Gone<>());
  }

  public void silentOutbox(String name) {
    documents.put(URI.create(id(name) + "/outbox"), new Answer.Unavailable<>("timeout"));
  }

  /** What is at an address, also a page for people. */
  public void put(URI id, String json) {
    documents.put(id, Answer.got(new Document(id, json)));
  }

  /** From now on nobody answers. */
  public void hold() {
    open = new CountDownLatch(1);
  }

  /** Those who are waited for answer now. */
  public void release() {
    open.countDown();
  }

  /** What was asked for, in order. */
  public List<URI> asked() {
    return asked;
  }

  @Override
  public Answer<Document> document(URI id) {
    asked.add(id);
    return documents.getOrDefault(id, new Answer.Missing<>());
  }

  @Override
  public Answer<Finger> finger(Handle handle) {
    asked.add(URI.create(handle.acct()));
    try {
      open.await();
    } catch (InterruptedException stopped) {
      return new Answer.Unavailable<>("stopping");
    }
    return fingers.getOrDefault(handle, new Answer.Missing<>());
  }

  @Override
  public Answer<File> picture(URI href, int maxBytes) {
    asked.add(href);
    return pictures.getOrDefault(href, new Answer.Missing<>());
  }
}
