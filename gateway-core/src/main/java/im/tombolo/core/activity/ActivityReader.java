package im.tombolo.core.activity;

import im.tombolo.core.address.Ids;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Poll;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what arrives in an inbox. */
public final class ActivityReader {
  /** Characters of the longest Delete that is dropped unread. */
  private static final int MAX_DELETE = 16_384;

  private static final int MAX_NAMED = 10;

  private static final int MAX_FLAG = 10_000;

  private ActivityReader() {}

  /**
   * The activity, with a post that it carries already checked to be its actor's, and of its actor's
   * server like all that it names as its own. Refused is what is no activity at all; a kind that we
   * do not know is {@link IncomingActivity.Other}.
   */
  public static Reading<IncomingActivity> read(String json) {
    return switch (Json.read(json)) {
      case Reading.Of<ObjectNode>(ObjectNode activity) -> read(activity);
      case Reading.Refused<ObjectNode>(String reason) -> Reading.refused(reason);
    };
  }

  /**
   * Who deletes something, by what the document says and nobody has proved; empty for all that is
   * no Delete. Cheap for long documents.
   */
  public static Optional<URI> deleter(String json) {
    if (json.length() > MAX_DELETE || !json.contains("\"Delete\"")) {
      return Optional.empty();
    }
    return Json.read(json)
        .value()
        .filter(activity -> Json.type(activity).equals("Delete"))
        .flatMap(activity -> Json.ref(activity, "actor"));
  }

  /** What an activity is about. */
  public static Optional<URI> object(String json) {
    return Json.read(json).value().flatMap(activity -> Json.ref(activity, "object"));
  }

  static Reading<IncomingActivity> read(ObjectNode activity) {
    Optional<URI> id = Json.id(activity);
    Optional<URI> actor = Json.ref(activity, "actor");
    String type = Json.type(activity);
    if (id.isEmpty() || actor.isEmpty() || type.isEmpty()) {
      return Reading.refused("an activity without id, actor or type");
    }
    if (type.equals("Undo")) {
      id = Optional.of(ownId(id.get(), actor.get()));
    }
    if (type.equals("Leave")) {
      // Mobilizon has told a Leave by the id of its Join.
      id = Optional.of(renamed("leave", id.get(), actor.get()));
    }
    if (!Json.sameOrigin(id.get(), actor.get())) {
      return Reading.refused("an activity of another server than its actor's");
    }
    if (id.get().equals(actor.get())) {
      return Reading.refused("an activity under the id of its actor");
    }
    List<JsonNode> objects = Json.values(activity, "object");
    Optional<IncomingActivity> vote =
        type.equals("Create") ? vote(id.get(), actor.get(), objects) : Optional.empty();
    if (vote.isPresent()) {
      return Reading.of(vote.get());
    }
    if (type.equals("Flag")) {
      return flag(id.get(), actor.get(), activity, objects);
    }
    if (type.equals("Announce") && PassedOnReader.isPassedOn(objects)) {
      return Reading.of(PassedOnReader.read(id.get(), actor.get(), objects));
    }
    if (objects.size() != 1) {
      return Reading.of(new IncomingActivity.Other(id.get(), actor.get(), type));
    }
    Optional<IncomingActivity> decision =
        DecisionReader.read(type, id.get(), actor.get(), activity, objects.getFirst());
    return decision.isPresent()
        ? Reading.of(decision.get())
        : read(type, id.get(), actor.get(), activity, objects.getFirst());
  }

  /**
   * snac names an Undo after what it takes back, so with an id of the other side's server. Such an
   * id must not take the place of an activity that is really there.
   */
  private static URI ownId(URI id, URI actor) {
    return Json.sameOrigin(id, actor) ? id : renamed("undo", id, actor);
  }

  private static URI renamed(String word, URI id, URI actor) {
    return actor.resolve("#" + word + "-" + Ids.key(word, actor.toString(), id.toString()));
  }

  private static Reading<IncomingActivity> read(
      String type, URI id, URI actor, ObjectNode activity, JsonNode object) {
    if (type.equals("Create") || type.equals("Update")) {
      return post(type, id, actor, activity, object);
    }
    Optional<URI> named = Json.id(object);
    return switch (type) {
      case "Follow" -> named(named.map(whom -> new IncomingActivity.Follow(id, actor, whom)));
      case "Accept" -> accept(id, actor, activity, object);
      case "Reject" -> reject(id, actor, object);
      case "QuoteRequest" -> quote(id, actor, activity, named);
      case "Join" ->
          named(named.map(event -> new IncomingActivity.Join(id, actor, event, message(activity))));
      case "TentativeAccept" ->
          named(named.map(event -> new IncomingActivity.TentativeAccept(id, actor, event)));
      // Communecter has the event in target, and who leaves in object.
      case "Leave" ->
          named(
              Json.ref(activity, "target")
                  .or(() -> named)
                  .map(event -> new IncomingActivity.Leave(id, actor, event)));
      case "Block" ->
          isBan(activity)
              ? Reading.of(new IncomingActivity.Other(id, actor, type))
              : named(named.map(whom -> new IncomingActivity.Block(id, actor, whom)));
      case "Invite" ->
          named(
              named.map(what ->
                  new IncomingActivity.Invite(
                      id,
                      actor,
                      Stream.concat(Stream.of(what), Json.refs(activity, "target").stream())
                          .limit(MAX_NAMED)
                          .toList())));
      case "Undo" -> undo(id, actor, object, named);
      case "Delete" -> delete(id, actor, named);
      case "Announce" -> announce(id, actor, activity, named);
      case "Like", "EmojiReact", "Dislike" -> reaction(type, id, actor, activity, named);
      default -> Reading.of(new IncomingActivity.Other(id, actor, type));
    };
  }

  /** Mastodon names the account and its posts; others say it in a list of objects. */
  private static Reading<IncomingActivity> flag(
      URI id, URI actor, ObjectNode activity, List<JsonNode> objects) {
    List<URI> named =
        objects.stream()
            .limit(IncomingActivity.Flag.MAX_OBJECTS)
            .flatMap(object -> Json.id(object).stream())
            .distinct()
            .toList();
    String text =
        Json.text(activity, "content")
            .map(html ->
                Html.clean(Excerpt.cut(html, MAX_FLAG), Optional.empty()).toPlainText().strip())
            .orElse("");
    return named.isEmpty()
        ? Reading.refused("an activity without object")
        : Reading.of(
            new IncomingActivity.Flag(
                id, actor, named, Excerpt.cut(text, IncomingActivity.Flag.MAX_TEXT)));
  }

  private static Optional<String> message(ObjectNode join) {
    return Json.text(join, "participationMessage")
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> Excerpt.cut(text, Rsvp.MAX_MESSAGE));
  }

  private static Reading<IncomingActivity> accept(
      URI id, URI actor, ObjectNode activity, JsonNode object) {
    Optional<URI> request = Json.id(object);
    Optional<URI> asker = asker(object, actor);
    return answers(object) && (request.isPresent() || asker.isPresent())
        ? Reading.of(
            new IncomingActivity.Accept(id, actor, request, asker, Json.ref(activity, "result")))
        : Reading.of(new IncomingActivity.Other(id, actor, "Accept"));
  }

  private static Reading<IncomingActivity> reject(URI id, URI actor, JsonNode object) {
    Optional<URI> request = Json.id(object);
    Optional<URI> asker = asker(object, actor);
    return answers(object) && (request.isPresent() || asker.isPresent())
        ? Reading.of(new IncomingActivity.Reject(id, actor, request, asker))
        : Reading.of(new IncomingActivity.Other(id, actor, "Reject"));
  }

  private static boolean answers(JsonNode object) {
    return object.isString()
        || Json.isType(object, "Follow", "QuoteRequest", "Join", "Event", "Create", "Update");
  }

  /**
   * Some servers echo the Follow with its actor and object, some only its id. Nobody answers for
   * somebody else who was followed.
   */
  private static Optional<URI> asker(JsonNode object, URI actor) {
    boolean isForActor = Json.ref(object, "object").filter(whom -> !whom.equals(actor)).isEmpty();
    return Json.isType(object, "Follow") && isForActor
        ? Json.ref(object, "actor")
        : Optional.empty();
  }

  private static Reading<IncomingActivity> quote(
      URI id, URI actor, ObjectNode activity, Optional<URI> quoted) {
    Optional<URI> quoting =
        Json.ref(activity, "instrument").filter(post -> Json.sameOrigin(post, actor));
    return named(
        quoted.flatMap(
            post -> quoting.map(by -> new IncomingActivity.QuoteRequest(id, actor, post, by))));
  }

  /**
   * A Note that has a name and nothing to say is a vote; GoToSocial sends several in one Create.
   * All are of one poll and of the actor.
   */
  private static Optional<IncomingActivity> vote(URI id, URI actor, List<JsonNode> objects) {
    if (objects.isEmpty()) {
      return Optional.empty();
    }
    for (JsonNode object : objects) {
      if (!isVote(object, actor)) {
        return Optional.empty();
      }
    }
    List<URI> polls =
        objects.stream()
            .flatMap(object -> Json.ref(object, "inReplyTo").stream())
            .distinct()
            .toList();
    return polls.size() == 1
        ? Optional.of(
            new IncomingActivity.Vote(
                id,
                actor,
                polls.getFirst(),
                objects.stream()
                    .flatMap(object -> Json.text(object, "name").stream())
                    .distinct()
                    .limit(Poll.MAX_OPTIONS)
                    .toList()))
        : Optional.empty();
  }

  private static boolean isVote(JsonNode object, URI actor) {
    return Json.isType(object, "Note")
        && Json.text(object, "name").filter(name -> !name.isBlank()).isPresent()
        && Json.text(object, "content").filter(text -> !text.isBlank()).isEmpty()
        && object.path("contentMap").isEmpty()
        && Json.values(object, "attachment").isEmpty()
        && Json.ref(object, "inReplyTo").isPresent()
        && Json.ref(object, "attributedTo").filter(by -> !by.equals(actor)).isEmpty();
  }

  /** Says nothing about whose post it is beyond the server: that is known where posts are kept. */
  private static Reading<IncomingActivity> delete(URI id, URI actor, Optional<URI> named) {
    return named.filter(what -> !Json.sameOrigin(what, actor)).isPresent()
        ? Reading.refused("a Delete of something on another server")
        : named(named.map(what -> new IncomingActivity.Delete(id, actor, what)));
  }

  private static Reading<IncomingActivity> undo(
      URI id, URI actor, JsonNode object, Optional<URI> named) {
    if (object.isString()) {
      return named(named.map(undone -> new IncomingActivity.UndoById(id, actor, undone)));
    }
    if (!Json.isType(object, "Follow", "Announce", "Like", "EmojiReact", "Dislike", "Block")
        || isBan(object)) {
      return Reading.of(new IncomingActivity.Other(id, actor, "Undo"));
    }
    if (Json.ref(object, "actor").filter(other -> !other.equals(actor)).isPresent()) {
      return Reading.refused("an Undo of somebody else's activity");
    }
    return named(
        Json.ref(object, "object").map(what -> undone(id, actor, object, named.orElse(id), what)));
  }

  /** Lemmy: a moderator keeps somebody out of a community or a server, not from themselves. */
  private static boolean isBan(JsonNode object) {
    return Json.isType(object, "Block") && Json.ref(object, "target").isPresent();
  }

  private static IncomingActivity undone(URI id, URI actor, JsonNode object, URI undone, URI what) {
    if (Json.isType(object, "Follow")) {
      return new IncomingActivity.UndoFollow(id, actor, undone, what);
    }
    if (Json.isType(object, "Block")) {
      return new IncomingActivity.UndoBlock(id, actor, what);
    }
    return Json.isType(object, "Announce")
        ? new IncomingActivity.UndoAnnounce(id, actor, undone, what)
        : new IncomingActivity.UndoReact(id, actor, undone, what, ReactionReader.emoji(object));
  }

  /** What an embedded post says is hearsay. */
  private static Reading<IncomingActivity> announce(
      URI id, URI actor, ObjectNode activity, Optional<URI> named) {
    Instant at = Json.time(activity, "published").orElse(Instant.EPOCH);
    return named(
        named.map(post ->
            new IncomingActivity.Announce(
                id, actor, post, AudienceReader.read(activity, activity), at)));
  }

  private static Reading<IncomingActivity> reaction(
      String type, URI id, URI actor, ObjectNode activity, Optional<URI> named) {
    return ReactionReader.isReaction(activity)
        ? named(
            named.map(post ->
                new IncomingActivity.React(id, actor, post, ReactionReader.emoji(activity))))
        : Reading.of(new IncomingActivity.Other(id, actor, type));
  }

  private static Reading<IncomingActivity> post(
      String type, URI id, URI actor, ObjectNode activity, JsonNode object) {
    if (type.equals("Update") && Json.id(object).filter(actor::equals).isPresent()) {
      return Reading.of(new IncomingActivity.UpdateActor(id, actor));
    }
    if (!(object instanceof ObjectNode node)
        || !(PostReader.isPost(node) || PostReader.isChatMessage(node))) {
      return Reading.of(new IncomingActivity.Other(id, actor, type));
    }
    return switch (PostReader.read(node, activity, actor)) {
      case Reading.Refused<RemotePost>(String reason) -> Reading.refused(reason);
      case Reading.Of<RemotePost>(RemotePost post) -> {
        if (!post.author().equals(actor)) {
          yield Reading.refused("a post of somebody else than the actor");
        }
        yield Reading.of(
            type.equals("Create")
                ? new IncomingActivity.CreatePost(id, actor, post)
                : new IncomingActivity.UpdatePost(id, actor, post));
      }
    };
  }

  private static Reading<IncomingActivity> named(Optional<? extends IncomingActivity> activity) {
    return activity
        .<Reading<IncomingActivity>>map(Reading::of)
        .orElseGet(() -> Reading.refused("an activity without object"));
  }
}
