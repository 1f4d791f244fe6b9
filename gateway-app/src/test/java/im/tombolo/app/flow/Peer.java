package im.tombolo.app.flow;

import im.tombolo.core.address.Handle;
import im.tombolo.core.fake.FakeFediverse;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fediverse account, and the words that its server has for what it does.
 *
 * @param sharedInbox whether its server has one
 */
record Peer(String name, String host, boolean sharedInbox) {
  static final String TO_ALL = "\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"]";

  static Peer of(String name, String host) {
    return new Peer(name, host, true);
  }

  URI id() {
    return on("/users/" + name);
  }

  URI inbox() {
    return on("/users/" + name + "/inbox");
  }

  URI serversInbox() {
    return on("/inbox");
  }

  URI outbox() {
    return on("/users/" + name + "/outbox");
  }

  Handle handle() {
    return new Handle(name, host);
  }

  /** An address on the same server. */
  URI on(String path) {
    return URI.create("https://" + host + path);
  }

  /** Puts the account on its server, findable by its handle. */
  Peer joins(FakeFediverse fediverse) {
    fediverse.holds(id(), document("<p>Hello</p>", "pem"));
    fediverse.knows(handle(), handle(), id());
    return this;
  }

  String document(String bio, String pem) {
    return document(bio, pem, "");
  }

  /**
   * @param more further properties, each with a comma before it
   */
  String document(String bio, String pem, String more) {
    return """
    {"id":"%1$s","type":"Person","preferredUsername":"%2$s","name":"%2$s the first",
     "summary":"%3$s","inbox":"%1$s/inbox","outbox":"%1$s/outbox",
     "followers":"%1$s/followers",%4$s
     "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%5$s"}%6$s}
    """
        .formatted(
            id(),
            name,
            bio,
            sharedInbox ? "\"endpoints\":{\"sharedInbox\":\"" + serversInbox() + "\"}," : "",
            pem,
            more);
  }

  String follow(String activity, URI whom) {
    return says(activity, "Follow", "\"" + whom + "\"");
  }

  String undoFollow(String activity, String follow, URI whom) {
    return says(
        activity,
        "Undo",
        "{\"id\":\"%s\",\"type\":\"Follow\",\"actor\":\"%s\",\"object\":\"%s\"}"
            .formatted(activity(follow), id(), whom));
  }

  String accept(String activity, URI follow) {
    return says(activity, "Accept", "\"" + follow + "\"");
  }

  String reject(String activity, URI follow) {
    return says(activity, "Reject", "\"" + follow + "\"");
  }

  /**
   * @param object JSON
   */
  String says(String activity, String type, String object) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"actor\":\"%s\",\"object\":%s}"
        .formatted(activity(activity), type, id(), object);
  }

  /** The id of something that the account does. */
  URI activity(String activity) {
    return on("/users/" + name + "/" + activity);
  }

  URI post(String post) {
    return on("/posts/" + post);
  }

  /** A public post. */
  String note(String post, String text, Instant at) {
    return note(post, text, at, Optional.empty(), TO_ALL);
  }

  /**
   * @param addressing JSON properties
   */
  String note(String post, String text, Instant at, Optional<Instant> updated, String addressing) {
    return """
    {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>%s</p>","published":"%s"%s,%s}
    """
        .formatted(
            post(post),
            id(),
            text,
            at,
            updated.map(edit -> ",\"updated\":\"" + edit + "\"").orElse(""),
            addressing);
  }

  /** A public answer to a post. */
  String reply(String post, String text, Instant at, URI parent) {
    return note(post, text, at, Optional.empty(), "\"inReplyTo\":\"" + parent + "\"," + TO_ALL);
  }

  String announces(String activity, URI post, Instant at) {
    return """
    {"id":"%s","type":"Announce","actor":"%s","object":"%s","published":"%s",%s}
    """
        .formatted(activity(activity), id(), post, at, TO_ALL);
  }

  String undoAnnounce(String activity, String announce, URI post) {
    return says(
        activity,
        "Undo",
        "{\"id\":\"%s\",\"type\":\"Announce\",\"actor\":\"%s\",\"object\":\"%s\"}"
            .formatted(activity(announce), id(), post));
  }

  /** A public poll with the answers Yes and No. */
  String question(String post, String text, Instant at, Instant ends, boolean multiple, int yes) {
    return """
    {"id":"%s","type":"Question","attributedTo":"%s","content":"<p>%s</p>","published":"%s",
     "endTime":"%s","votersCount":%7$d,"%6$s":[
      {"type":"Note","name":"Yes","replies":{"type":"Collection","totalItems":%7$d}},
      {"type":"Note","name":"No","replies":{"type":"Collection","totalItems":0}}],%8$s}
    """
        .formatted(post(post), id(), text, at, ends, multiple ? "anyOf" : "oneOf", yes, TO_ALL);
  }

  String votes(String activity, URI question, String... options) {
    String notes =
        Stream.of(options)
            .map(option ->
                "{\"type\":\"Note\",\"name\":\"%s\",\"inReplyTo\":\"%s\"}"
                    .formatted(option, question))
            .collect(Collectors.joining(","));
    return says(activity, "Create", "[" + notes + "]");
  }

  String likes(String activity, URI post) {
    return says(activity, "Like", "\"" + post + "\"");
  }

  /**
   * @param type Like or EmojiReact
   */
  String reacts(String activity, String type, URI post, String emoji) {
    return """
    {"id":"%s","type":"%s","actor":"%s","object":"%s","content":"%s"}
    """
        .formatted(activity(activity), type, id(), post, emoji);
  }

  String undoLike(String activity, String like, URI post) {
    return says(
        activity,
        "Undo",
        "{\"id\":\"%s\",\"type\":\"Like\",\"actor\":\"%s\",\"object\":\"%s\"}"
            .formatted(activity(like), id(), post));
  }

  String toFollowers() {
    return "\"to\":[\"" + id() + "/followers\"]";
  }

  /**
   * @param note JSON
   */
  String creates(String activity, String note) {
    return says(activity, "Create", note);
  }

  String updates(String activity, String note) {
    return says(activity, "Update", note);
  }

  String deletes(String activity, URI what) {
    return says(activity, "Delete", "{\"id\":\"" + what + "\",\"type\":\"Tombstone\"}");
  }
}
