package im.tombolo.core.activity;

import im.tombolo.core.address.AccountUrls;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.QuoteStamp;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
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
    return written(key, out, turn(post));
  }

  private static String announceKey(LocalPost post) {
    return Ids.key("announce", post.account().toString(), post.key());
  }

  private Written announce(LocalPost post) {
    String key = announceKey(post);
    ObjectNode out = about(post, key, "Announce");
    out.put("published", post.dates().published().toString());
    out.put("object", post.repeats().orElseThrow().toString());
    return written(key, out, turn(post));
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
    return written(key, out, turn(post));
  }

  /**
   * @param digest of this version: each edit has an id of its own
   */
  public Written update(LocalPost post, String digest) {
    String key = Ids.key("update", post.account().toString(), post.key(), digest);
    ObjectNode out = about(post, key, "Update");
    out.set("object", notes.object(post));
    return written(key, out, turn(post));
  }

  public Written delete(LocalPost post) {
    String key = Ids.key("delete", post.account().toString(), post.key());
    ObjectNode out = about(post, key, "Delete");
    out.putObject("object")
        .put("id", urls.post(post.account(), post.key()).toString())
        .put("type", "Tombstone");
    return written(key, out, turn(post));
  }

  /**
   * The account itself is gone.
   *
   * @param at tells it from an earlier time
   */
  public Written deleteActor(Jid account, Instant at) {
    String key = Ids.key("farewell", account.toString(), at.toString());
    ObjectNode out = toFollowers(key, "Delete", account);
    out.put("object", urls.actor(account).toString());
    return written(key, out, Turn.of(urls.actor(account), Urgency.LATER));
  }

  private ObjectNode about(LocalPost post, String key, String type) {
    AccountUrls account = urls.of(post.account());
    ObjectNode out = activity(key, type, account);
    Addressing.write(post, account, out);
    return out;
  }

  /** The profile; {@code version} tells one state of it from another. */
  public Written updateActor(Account account, PublicKeys keys, String version) {
    String key = Ids.key("profile", account.address().toString(), version);
    ObjectNode out = toFollowers(key, "Update", account.address());
    out.set("object", actors.object(account, keys));
    return written(key, out, Turn.of(urls.actor(account.address()), Urgency.LATER));
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
    return written(key, out, follow(subscriber, actor));
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
    return written(key, out, follow(following.subscriber(), following.actor()));
  }

  /**
   * Votes, one activity for each option, for the asker alone.
   *
   * @param author who asks
   * @param at tells a vote from an earlier one
   */
  public List<Written> vote(Jid voter, URI question, URI author, List<String> options, Instant at) {
    return options.stream()
        .map(option -> {
          String key =
              Ids.key("vote", voter.toString(), question.toString(), option, at.toString());
          ObjectNode out = activity(key, "Create", voter);
          out.putArray("to").add(author.toString());
          ObjectNode note = out.putObject("object");
          note.put("id", urls.activity(key) + "#vote")
              .put("type", "Note")
              .put("attributedTo", urls.actor(voter).toString())
              .put("inReplyTo", question.toString())
              .put("name", option)
              .putArray("to")
              .add(author.toString());
          return written(key, out, Turn.of(voter + " votes " + question, Urgency.USUAL));
        })
        .toList();
  }

  /**
   * Likes a post or reacts to it, for its author alone, or for a community as well, where a thumb
   * down is a vote. Mastodon knows nothing but likes, and Misskey likes with emoji (FEP-c0e0).
   *
   * @param author of the post
   * @param communities in which the post is
   * @param emoji empty: a like
   * @param at tells it from an earlier one
   */
  public Written like(
      Jid who, URI post, URI author, Set<URI> communities, Optional<String> emoji, Instant at) {
    String key = Ids.key("like", who.toString(), post.toString(), emoji.orElse(""), at.toString());
    boolean isVote = isVote(emoji, communities);
    ObjectNode out = activity(key, isVote ? "Dislike" : "Like", who);
    out.put("object", post.toString());
    reactionTo(author, communities, out);
    emoji
        .filter(one -> !isVote)
        .ifPresent(one -> out.put("content", one).put("_misskey_reaction", one));
    return written(key, out, like(who, post));
  }

  private static boolean isVote(Optional<String> emoji, Set<URI> communities) {
    return !communities.isEmpty() && emoji.filter(Reaction.DISLIKE::equals).isPresent();
  }

  /** Votes in a community are passed on to everybody, who may ask us whether they are. */
  private static void reactionTo(URI author, Set<URI> communities, ObjectNode out) {
    out.putArray("to").add(author.toString());
    if (!communities.isEmpty()) {
      ArrayNode cc = out.putArray("cc").add(Json.PUBLIC);
      communities.stream().sorted().map(URI::toString).forEach(cc::add);
      out.put("audience", communities.stream().sorted().findFirst().orElseThrow().toString());
    }
  }

  /** Embeds the Like, as for follows. */
  public Written undoLike(Jid who, Reaction reaction, URI author, Set<URI> communities) {
    String key = Ids.key("undo", reaction.activity().toString());
    boolean isVote = isVote(reaction.emoji(), communities);
    ObjectNode out = activity(key, "Undo", who);
    ObjectNode like = out.putObject("object");
    like.put("id", reaction.activity().toString())
        .put("type", isVote ? "Dislike" : "Like")
        .put("actor", urls.actor(who).toString())
        .put("object", reaction.post().toString());
    reaction
        .emoji()
        .filter(one -> !isVote)
        .ifPresent(one -> like.put("content", one).put("_misskey_reaction", one));
    reactionTo(author, communities, out);
    return written(key, out, like(who, reaction.post()));
  }

  /** Asks for leave to quote (FEP-044f §3), with the post that quotes inside. */
  public Written quoteRequest(LocalPost quoting, URI quoted, URI author) {
    String key = Ids.key("quote-request", quoting.account().toString(), quoting.key());
    ObjectNode out = activity(key, "QuoteRequest", quoting.account());
    out.put("object", quoted.toString()).putArray("to").add(author.toString());
    out.set("instrument", notes.object(quoting));
    return written(key, out, Turn.of(urls.post(quoting.account(), quoting.key()), Urgency.USUAL));
  }

  /**
   * @param stamp where the leave can be read
   */
  public Written acceptQuote(Jid account, IncomingActivity.QuoteRequest request, URI stamp) {
    String key = Ids.key("accept-quote", account.toString(), request.id().toString());
    ObjectNode out = quoteAnswer(key, "Accept", account, request);
    return written(key, out.put("result", stamp.toString()), Turn.of(request.id(), Urgency.URGENT));
  }

  public Written rejectQuote(Jid account, IncomingActivity.QuoteRequest request) {
    String key = Ids.key("reject-quote", account.toString(), request.id().toString());
    return written(
        key, quoteAnswer(key, "Reject", account, request), Turn.of(request.id(), Urgency.URGENT));
  }

  private ObjectNode quoteAnswer(
      String key, String type, Jid account, IncomingActivity.QuoteRequest request) {
    ObjectNode out = activity(key, type, account);
    out.putObject("object")
        .put("id", request.id().toString())
        .put("type", "QuoteRequest")
        .put("actor", request.actor().toString())
        .put("object", request.quoted().toString())
        .put("instrument", request.quoting().toString());
    out.putArray("to").add(request.actor().toString());
    return out;
  }

  /** The leave itself, as it stands at its address. */
  public String stamp(QuoteStamp stamp) {
    return Vocabulary.document(
        Json.object()
            .put("id", urls.stamp(stamp.account(), stamp.key()).toString())
            .put("type", "QuoteAuthorization")
            .put("attributedTo", urls.actor(stamp.account()).toString())
            .put("interactingObject", stamp.quoting().toString())
            .put("interactionTarget", urls.post(stamp.account(), stamp.postKey()).toString()));
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
    return written(
        key, out, Turn.of(follow.actor() + " follows " + follow.object(), Urgency.URGENT));
  }

  private ObjectNode toFollowers(String key, String type, Jid account) {
    ObjectNode out = activity(key, type, account);
    out.putArray("to").add(Json.PUBLIC);
    out.putArray("cc").add(urls.followers(account).toString());
    return out;
  }

  private ObjectNode activity(String key, String type, Jid account) {
    return activity(key, type, urls.of(account));
  }

  private ObjectNode activity(String key, String type, AccountUrls account) {
    return Json.object()
        .put("id", urls.activityId(key))
        .put("type", type)
        .put("actor", account.actor());
  }

  /** Whatever is told of a post, after what is told of the one that it answers. */
  private Turn turn(LocalPost post) {
    return Turn.of(urls.of(post.account()).post(post.key()), Urgency.USUAL)
        .after(post.discussion().parent());
  }

  // Servers end follows and likes by who and whom, so one made anew goes after the old one's end.

  private static Turn follow(Jid subscriber, URI actor) {
    return Turn.of(subscriber + " follows " + actor, Urgency.URGENT);
  }

  private static Turn like(Jid who, URI post) {
    return Turn.of(who + " likes " + post, Urgency.USUAL);
  }

  private static Written written(String key, ObjectNode out, Turn turn) {
    return new Written(key, Vocabulary.document(out), turn);
  }
}
