package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is told to the servers of whom people here want nothing: Block and Flag. */
public final class ModerationWriter {
  private final GatewayUrls urls;

  public ModerationWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /**
   * Asks a server to keep somebody and an account of ours apart.
   *
   * @param at tells a block from an earlier one
   */
  public Written block(Jid account, URI actor, Instant at) {
    String key = Ids.key("block", account.toString(), actor.toString(), at.toString());
    ObjectNode out = activity(key, "Block", account, actor);
    out.put("object", actor.toString());
    return written(key, out, turn(account, actor));
  }

  /**
   * @param block key of the Block
   */
  public Written undoBlock(Jid account, URI actor, String block) {
    String key = Ids.key("undo", block);
    ObjectNode out = activity(key, "Undo", account, actor);
    out.putObject("object")
        .put("id", urls.activity(block).toString())
        .put("type", "Block")
        .put("actor", urls.actor(account).toString())
        .put("object", actor.toString());
    return written(key, out, turn(account, actor));
  }

  /**
   * Reports somebody to their own server, in the name of the gateway: nobody there learns who asked
   * for it.
   *
   * @param report tells it from others
   * @param post what they said, if it is about that
   */
  public Written flag(String report, URI reported, Optional<URI> post, String words) {
    String key = Ids.key("flag", report);
    ObjectNode out = activity(key, "Flag", urls.instanceJid(), reported);
    out.put("content", words);
    ArrayNode objects = out.putArray("object").add(reported.toString());
    post.ifPresent(id -> objects.add(id.toString()));
    return written(key, out, Turn.of(reported, Urgency.USUAL));
  }

  private ObjectNode activity(String key, String type, Jid account, URI to) {
    ObjectNode out =
        Json.object()
            .put("id", urls.activity(key).toString())
            .put("type", type)
            .put("actor", urls.actor(account).toString());
    out.putArray("to").add(to.toString());
    return out;
  }

  /** A block made anew goes after the end of the one before. */
  private static Turn turn(Jid account, URI actor) {
    return Turn.of(account + " blocks " + actor, Urgency.USUAL);
  }

  private static Written written(String key, ObjectNode out, Turn turn) {
    return new Written(key, Vocabulary.document(out), turn);
  }
}
