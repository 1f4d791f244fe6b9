package im.tombolo.core.model;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a fediverse account says that it did. Every one names itself and its actor; whether the
 * actor really said so is for the receiving side to prove before anything is done.
 */
public sealed interface IncomingActivity {
  URI id();

  URI actor();

  /** Wants to receive what {@code object} posts. */
  record Follow(URI id, URI actor, URI object) implements IncomingActivity {}

  /**
   * Agrees to what we asked for.
   *
   * @param request its id, where that is told
   * @param asker whose Follow it was, where that is told instead
   * @param result what was given: the stamp for a quote (FEP-044f)
   */
  record Accept(URI id, URI actor, Optional<URI> request, Optional<URI> asker, Optional<URI> result)
      implements IncomingActivity {}

  /** Refuses what we asked for, or ends our Follow. See {@link Accept}. */
  record Reject(URI id, URI actor, Optional<URI> request, Optional<URI> asker)
      implements IncomingActivity {}

  /**
   * Chooses options of a poll.
   *
   * @param post the poll's id
   * @param options names, 1 to {@link Poll#MAX_OPTIONS}
   */
  record Vote(URI id, URI actor, URI post, List<String> options) implements IncomingActivity {
    public Vote {
      options = List.copyOf(options);
    }
  }

  /**
   * Asks for leave to quote (FEP-044f).
   *
   * @param quoted id of the post that is quoted
   * @param quoting id of the post that quotes it
   */
  record QuoteRequest(URI id, URI actor, URI quoted, URI quoting) implements IncomingActivity {}

  /**
   * Wants to come to an event.
   *
   * @param event id of its post
   * @param message for the organiser, as they wrote it
   */
  record Join(URI id, URI actor, URI event, Optional<String> message) implements IncomingActivity {}

  /** May come to an event. */
  record TentativeAccept(URI id, URI actor, URI event) implements IncomingActivity {}

  /** Does not come after all. The id may be the one of the Join, so this one is ours. */
  record Leave(URI id, URI actor, URI event) implements IncomingActivity {}

  /**
   * Asks somebody to come.
   *
   * @param named what it names, of which one is the event, and one whom it asks
   */
  record Invite(URI id, URI actor, List<URI> named) implements IncomingActivity {
    public Invite {
      named = List.copyOf(named);
    }
  }

  /** Takes a follow back. {@code object} is whom it followed, see also {@link UndoById}. */
  record UndoFollow(URI id, URI actor, URI follow, URI object) implements IncomingActivity {}

  /** Takes back an activity of which only the id is told. */
  record UndoById(URI id, URI actor, URI undone) implements IncomingActivity {}

  /** Shows somebody's post to one's own followers. */
  record Announce(URI id, URI actor, URI post, Audience audience, Instant at)
      implements IncomingActivity {}

  /**
   * Takes such a showing back.
   *
   * @param announce its id; may be the id of the Undo when it has none
   */
  record UndoAnnounce(URI id, URI actor, URI announce, URI post) implements IncomingActivity {}

  /**
   * A community passes on what others did in it (FEP-1b12).
   *
   * @param contents at most {@link #MAX_CONTENTS}: PieFed passes several on at once
   */
  record PassedOn(URI id, URI actor, List<Content> contents) implements IncomingActivity {
    public static final int MAX_CONTENTS = 100;

    public PassedOn {
      contents = List.copyOf(contents);
    }

    /**
     * @param json what the community says that its actor said
     */
    public record Content(IncomingActivity activity, String json) {}
  }

  /** A moderator takes somebody's post out of a community. */
  record TakeDown(URI id, URI actor, URI post) implements IncomingActivity {}

  /** A post that was taken out is let in again. */
  record Restore(URI id, URI actor, URI post) implements IncomingActivity {}

  /** A moderator closes a post to comments, or opens it again. */
  record Lock(URI id, URI actor, URI post, boolean locked) implements IncomingActivity {}

  /**
   * A moderator puts a post before all others of a community, or back among them.
   *
   * @param target the collection of such posts
   */
  record Feature(URI id, URI actor, URI post, URI target, boolean first)
      implements IncomingActivity {}

  /**
   * A moderator puts somebody out of a community, or lets them in again.
   *
   * @param who actor id
   * @param withPosts whether what they posted there goes as well
   */
  record Ban(URI id, URI actor, URI who, boolean out, boolean withPosts)
      implements IncomingActivity {}

  /**
   * Likes a post, or thinks something else of it (FEP-c0e0).
   *
   * @param emoji empty: a like
   */
  record React(URI id, URI actor, URI post, Optional<String> emoji) implements IncomingActivity {}

  /**
   * Takes that back.
   *
   * @param reaction its id; may be the id of the Undo when it has none
   * @param emoji empty: it was a like
   */
  record UndoReact(URI id, URI actor, URI reaction, URI post, Optional<String> emoji)
      implements IncomingActivity {}

  record CreatePost(URI id, URI actor, RemotePost post) implements IncomingActivity {}

  record UpdatePost(URI id, URI actor, RemotePost post) implements IncomingActivity {}

  /** The actor's profile changed; it is read anew from its server. */
  record UpdateActor(URI id, URI actor) implements IncomingActivity {}

  /** A post, or the actor itself when {@code object} equals {@code actor}. */
  record Delete(URI id, URI actor, URI object) implements IncomingActivity {}

  /**
   * Reports accounts and posts to those who run a server.
   *
   * @param objects some of what is named, one at least
   * @param text plain, may be empty
   */
  record Flag(URI id, URI actor, List<URI> objects, String text) implements IncomingActivity {
    /** Of what is named no more is kept. */
    public static final int MAX_OBJECTS = 50;

    /** Longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 2_000;

    public Flag {
      objects = List.copyOf(objects);
    }
  }

  /**
   * Wants nothing of somebody, and to be nothing to them.
   *
   * @param object whom
   */
  record Block(URI id, URI actor, URI object) implements IncomingActivity {}

  /** Takes a {@link Block} back. */
  record UndoBlock(URI id, URI actor, URI object) implements IncomingActivity {}

  /** Understood as an activity, but not of a kind that concerns us. */
  record Other(URI id, URI actor, String type) implements IncomingActivity {}
}
