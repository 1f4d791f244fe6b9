package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import java.net.URI;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what communities of ours tell those who follow them, and those who post in them
 * (FEP-1b12). The id of each activity follows from what it tells.
 */
public final class CommunityWriter {
  private final GatewayUrls urls;

  public CommunityWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /**
   * A community passes on what somebody did in it, byte by byte.
   *
   * @param about what it is about, after which others about the same wait
   * @param activity its id
   * @param json the activity
   */
  public Written passOn(Jid community, URI about, URI activity, String json) {
    String key = Ids.key("pass-on", community.toString(), activity.toString());
    String document = Vocabulary.document(toFollowers(key, "Announce", community));
    return new Written(
        key,
        document.substring(0, document.length() - 1) + ",\"object\":" + json.strip() + "}",
        Turn.of(about, Urgency.USUAL));
  }

  /** A post in a community, for servers that know nothing but repeats. */
  public Written announce(Jid community, URI post) {
    String key = announceKey(community, post);
    ObjectNode out = toFollowers(key, "Announce", community);
    return written(key, out.put("object", post.toString()), post);
  }

  private static String announceKey(Jid community, URI post) {
    return Ids.key("announce", community.toString(), post.toString());
  }

  public Written undoAnnounce(Jid community, URI post) {
    String key = Ids.key("undo", announceKey(community, post));
    ObjectNode out = toFollowers(key, "Undo", community);
    out.putObject("object")
        .put("id", urls.activity(announceKey(community, post)).toString())
        .put("type", "Announce")
        .put("actor", urls.actor(community).toString())
        .put("object", post.toString());
    return written(key, out, post);
  }

  /** A community takes somebody's post out. */
  public Written takeDown(Jid community, URI post) {
    String key = Ids.key("take-down", community.toString(), post.toString());
    ObjectNode delete = toFollowers(key, "Delete", community);
    delete.put("id", urls.activity(key) + "#delete").put("object", post.toString());
    ObjectNode out = toFollowers(key, "Announce", community);
    out.set("object", delete);
    return written(key, out, post);
  }

  /**
   * A community does not take a post.
   *
   * @param activity id of the Create
   */
  public Written refuse(Jid community, URI activity, URI author, Refusal why) {
    String key = Ids.key("refuse", community.toString(), activity.toString());
    ObjectNode out = activity(key, "Reject", community);
    out.put("object", activity.toString()).putArray("to").add(author.toString());
    out.put("summary", why.words);
    return new Written(key, Vocabulary.document(out), Turn.of(activity, Urgency.URGENT));
  }

  /**
   * Somebody may not be in a community any more.
   *
   * @param at tells it from an earlier time
   */
  public Written ban(Jid community, URI who, Instant at) {
    String key = Ids.key("ban", community.toString(), who.toString(), at.toString());
    return written(key, block(toFollowers(key, "Block", community), community, who), who);
  }

  /** They may again. */
  public Written pardon(Jid community, URI who, Instant at) {
    String key = Ids.key("pardon", community.toString(), who.toString(), at.toString());
    ObjectNode out = toFollowers(key, "Undo", community);
    ObjectNode ban = Json.object().put("id", urls.activityId(key) + "#block").put("type", "Block");
    out.set("object", block(ban.put("actor", urls.actor(community).toString()), community, who));
    return written(key, out, who);
  }

  private ObjectNode block(ObjectNode out, Jid community, URI who) {
    out.put("object", who.toString()).put("target", urls.actor(community).toString());
    return out.put("removeData", false);
  }

  /**
   * A moderator decides about a post in a community.
   *
   * @param at tells it from an earlier time
   */
  public Written decide(Jid community, Jid moderator, URI post, Decision decision, Instant at) {
    String key =
        Ids.key("decide", community.toString(), post.toString(), decision.name(), at.toString());
    String by = urls.actor(moderator).toString();
    boolean isUndo = decision == Decision.UNLOCK;
    ObjectNode out = toFollowers(key, isUndo ? "Undo" : decision.type, community).put("actor", by);
    out.putArray("cc").add(urls.actor(community).toString());
    ObjectNode what = isUndo ? out.putObject("object") : out;
    if (isUndo) {
      what.put("id", urls.activityId(key) + "#lock").put("type", decision.type).put("actor", by);
    }
    what.put("object", post.toString());
    if (decision == Decision.PIN || decision == Decision.UNPIN) {
      what.put("target", urls.featured(community).toString());
    }
    return written(key, out, post);
  }

  /** Why a community does not take something. */
  public enum Refusal {
    NOT_OPEN("Not everybody may post in this community."),
    CAST_OUT("You may not post in this community."),
    LOCKED("This discussion takes no more comments."),
    NOT_TO_BE_SHOWN("Your account does not want to be shown by others.");

    private final String words;

    Refusal(String words) {
      this.words = words;
    }
  }

  /** What there is to decide about posts of others. */
  public enum Decision {
    /** It stands before all others. */
    PIN("Add"),
    UNPIN("Remove"),
    /** It takes no more comments. */
    LOCK("Lock"),
    UNLOCK("Lock");

    private final String type;

    Decision(String type) {
      this.type = type;
    }
  }

  private ObjectNode toFollowers(String key, String type, Jid community) {
    ObjectNode out = activity(key, type, community);
    out.putArray("to").add(Json.PUBLIC);
    out.putArray("cc").add(urls.followers(community).toString());
    return out.put("audience", urls.actor(community).toString());
  }

  private ObjectNode activity(String key, String type, Jid community) {
    return Json.object()
        .put("id", urls.activityId(key))
        .put("type", type)
        .put("actor", urls.actor(community).toString());
  }

  private static Written written(String key, ObjectNode out, URI about) {
    return new Written(key, Vocabulary.document(out), Turn.of(about, Urgency.USUAL));
  }
}
