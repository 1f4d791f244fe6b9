package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import java.net.URI;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes our activities. The id of each follows from what it tells, so telling twice is harmless.
 */
public final class ActivityWriter {
  private final GatewayUrls urls;
  private final NoteWriter notes;
  private final ActorWriter actors;

  public ActivityWriter(GatewayUrls urls) {
    this.urls = urls;
    this.notes = new NoteWriter(urls);
    this.actors = new ActorWriter(urls);
  }

  /** A Create; of a post that only repeats another, an Announce. */
  public Written create(LocalPost post) {
    if (post.repeats().isPresent()) {
      return announce(post);
    }
    String key = Ids.key("create", post.account().toString(), post.key());
    ObjectNode out = about(post, key, "Create");
    out.put("published", post.dates().published().toString());
    out.set("object", notes.object(post));
    return written(key, out);
  }

  private static String announceKey(LocalPost post) {
    return Ids.key("announce", post.account().toString(), post.key());
  }

  private Written announce(LocalPost post) {
    String key = announceKey(post);
    ObjectNode out = about(post, key, "Announce");
    out.put("published", post.dates().published().toString());
    out.put("object", post.repeats().orElseThrow().toString());
    return written(key, out);
  }

  /** Embeds the Announce, as for follows. */
  public Written undoAnnounce(LocalPost post) {
    String key = Ids.key("undo", announceKey(post));
    ObjectNode out = about(post, key, "Undo");
    out.putObject("object")
        .put("id", urls.activity(announceKey(post)).toString())
        .put("type", "Announce")
        .put("actor", urls.actor(post.account()).toString())
        .put("object", post.repeats().orElseThrow().toString());
    return written(key, out);
  }

  /**
   * @param digest of this version: each edit has an id of its own
   */
  public Written update(LocalPost post, String digest) {
    String key = Ids.key("update", post.account().toString(), post.key(), digest);
    ObjectNode out = about(post, key, "Update");
    out.set("object", notes.object(post));
    return written(key, out);
  }

  public Written delete(LocalPost post) {
    String key = Ids.key("delete", post.account().toString(), post.key());
    ObjectNode out = about(post, key, "Delete");
    out.putObject("object")
        .put("id", urls.post(post.account(), post.key()).toString())
        .put("type", "Tombstone");
    return written(key, out);
  }

  private ObjectNode about(LocalPost post, String key, String type) {
    ObjectNode out = activity(key, type, post.account());
    new Addressing(urls).write(post, out);
    return out;
  }

  /** The profile; {@code version} tells one state of it from another. */
  public Written updateActor(Account account, PublicKeys keys, String version) {
    String key = Ids.key("profile", account.address().toString(), version);
    ObjectNode out = toFollowers(key, "Update", account.address());
    out.set("object", actors.object(account, keys));
    return written(key, out);
  }

  public Written accept(Jid account, IncomingActivity.Follow follow) {
    return answer("Accept", account, follow);
  }

  public Written reject(Jid account, IncomingActivity.Follow follow) {
    return answer("Reject", account, follow);
  }

  /**
   * @param at tells a follow from an earlier one of the same account
   */
  public Written follow(Jid subscriber, URI actor, Instant at) {
    String key = Ids.key("follow", subscriber.toString(), actor.toString(), at.toString());
    ObjectNode out = activity(key, "Follow", subscriber);
    out.put("object", actor.toString()).putArray("to").add(actor.toString());
    return written(key, out);
  }

  /** Embeds the Follow: Threads fails on a bare id. */
  public Written undoFollow(Following following) {
    String key = Ids.key("undo", following.followId().toString());
    ObjectNode out = activity(key, "Undo", following.subscriber());
    out.putObject("object")
        .put("id", following.followId().toString())
        .put("type", "Follow")
        .put("actor", urls.actor(following.subscriber()).toString())
        .put("object", following.actor().toString());
    out.putArray("to").add(following.actor().toString());
    return written(key, out);
  }

  private Written answer(String type, Jid account, IncomingActivity.Follow follow) {
    String key = Ids.key(type, account.toString(), follow.id().toString());
    ObjectNode out = activity(key, type, account);
    out.putObject("object")
        .put("id", follow.id().toString())
        .put("type", "Follow")
        .put("actor", follow.actor().toString())
        .put("object", follow.object().toString());
    out.putArray("to").add(follow.actor().toString());
    return written(key, out);
  }

  private ObjectNode toFollowers(String key, String type, Jid account) {
    ObjectNode out = activity(key, type, account);
    out.putArray("to").add(Json.PUBLIC);
    out.putArray("cc").add(urls.followers(account).toString());
    return out;
  }

  private ObjectNode activity(String key, String type, Jid account) {
    ObjectNode out = Json.object();
    NoteWriter.context(out);
    return out.put("id", urls.activity(key).toString())
        .put("type", type)
        .put("actor", urls.actor(account).toString());
  }

  private static Written written(String key, ObjectNode out) {
    return new Written(key, out.toString());
  }
}
