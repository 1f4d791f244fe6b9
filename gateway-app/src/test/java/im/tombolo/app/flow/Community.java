package im.tombolo.app.flow;

import im.tombolo.core.address.Handle;
import im.tombolo.core.fake.FakeFediverse;
import java.net.URI;
import java.time.Instant;

/** A community as Lemmy has them, and the words in which its server passes things on. */
record Community(String name, String host) {
  private static final String TO_ALL = "\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"]";

  Peer peer() {
    return Peer.of(name, host);
  }

  URI id() {
    return peer().id();
  }

  Handle handle() {
    return peer().handle();
  }

  Community joins(FakeFediverse fediverse) {
    fediverse.holds(id(), document());
    fediverse.knows(handle(), handle(), id());
    return this;
  }

  String document() {
    return peer()
        .document("<p>All about it</p>", "pem", ",\"attributedTo\":\"" + id() + "/moderators\"")
        .replace("\"Person\"", "\"Group\"");
  }

  /** A post with a title and a link, as its author's server has it. */
  String page(Peer author, String post, String title, Instant at) {
    return """
    {"id":"%s","type":"Page","attributedTo":"%s","to":["%s",
     "https://www.w3.org/ns/activitystreams#Public"],"audience":"%3$s","name":"%s",
     "content":"<p>Look</p>","attachment":[{"type":"Link","href":"https://news.example/%s"}],
     "sensitive":false,"published":"%s"}
    """
        .formatted(author.post(post), author.id(), id(), title, post, at);
  }

  String comment(Peer author, String post, String text, Instant at, URI parent) {
    return """
    {"id":"%s","type":"Note","attributedTo":"%s","cc":["%s"],%s,"audience":"%3$s",
     "content":"<p>%s</p>","inReplyTo":"%s","published":"%s"}
    """
        .formatted(author.post(post), author.id(), id(), TO_ALL, text, parent, at);
  }

  /**
   * @param activity JSON
   */
  String announces(String name, String activity) {
    return """
    {"id":"%s","type":"Announce","actor":"%s",%s,"cc":["%2$s/followers"],"object":%s}
    """
        .formatted(peer().activity(name), id(), TO_ALL, activity);
  }

  /**
   * What somebody does in the community.
   *
   * @param object JSON
   */
  String does(Peer who, String activity, String type, String object) {
    return """
    {"id":"%s","type":"%s","actor":"%s",%s,"cc":["%s"],"audience":"%5$s","object":%s}
    """
        .formatted(who.activity(activity), type, who.id(), TO_ALL, id(), object);
  }
}
