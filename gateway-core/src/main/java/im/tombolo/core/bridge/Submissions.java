package im.tombolo.core.bridge;

import im.tombolo.core.activity.CommunityWriter.Refusal;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Communities.Submission;
import im.tombolo.core.port.PubsubTasks.Task;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Nodes of pubsub services are communities to which people of the fediverse post (FEP-1b12): their
 * posts are published in the node under their virtual JIDs, and what happens in a community is
 * passed on to its followers. The node's own service decides who may publish. Works inside the
 * caller's transaction.
 */
final class Submissions {
  private final GatewayUrls urls;
  private final CommunityDoor door;
  private final ForeignDecisions decisions;
  private final Announcements announcements;
  private final OwnCommunities communities;
  private final Postings postings;

  Submissions(BridgeSettings settings) {
    this.urls = settings.urls();
    this.door = new CommunityDoor(settings);
    this.decisions = new ForeignDecisions(settings);
    this.announcements = new Announcements(settings);
    this.communities = new OwnCommunities(settings);
    this.postings = new Postings(settings);
  }

  /**
   * Whether an activity can concern a community here: it would name it, or something in it. A
   * Delete names what it deletes and nothing else (Mastodon).
   */
  boolean mayConcern(IncomingActivity activity, String json) {
    return json.contains(urls.base() + "/")
        || (activity instanceof IncomingActivity.Delete delete
            && !delete.object().equals(delete.actor()));
  }

  /**
   * The community here that an activity concerns, as things stand before it is done: a Delete
   * leaves nothing to ask.
   */
  Optional<Jid> concerned(Session session, IncomingActivity activity) {
    return switch (activity) {
      case IncomingActivity.CreatePost create ->
          create.post().parent().flatMap(parent -> communities.holding(session, parent));
      case IncomingActivity.UpdatePost update -> communities.holding(session, update.post().id());
      case IncomingActivity.Delete delete -> communities.holding(session, delete.object());
      case IncomingActivity.React reaction -> communities.holding(session, reaction.post());
      case IncomingActivity.UndoReact undo -> communities.holding(session, undo.post());
      case IncomingActivity.TakeDown down -> communities.holding(session, down.post());
      case IncomingActivity.Lock lock -> communities.holding(session, lock.post());
      case IncomingActivity.Feature feature -> communities.holding(session, feature.post());
      case IncomingActivity.Restore restore ->
          session
              .remotePosts()
              .find(restore.post())
              .flatMap(kept -> addressed(session, kept.post()));
      default -> Optional.empty();
    };
  }

  /**
   * An activity was done.
   *
   * @param json as it came
   * @param concerned see {@link #concerned}
   */
  void done(Session session, IncomingActivity activity, String json, Optional<Jid> concerned) {
    if (concerned.filter(group -> !door.passesOn(session, group, activity)).isPresent()) {
      return;
    }
    switch (activity) {
      case IncomingActivity.CreatePost create when create.post().parent().isEmpty() ->
          submitted(session, create.post(), create.id(), json);
      case IncomingActivity.UpdatePost update
          when session.communities().ofPost(update.post().id()).isPresent() ->
          resubmitted(session, update.post(), update.id(), json);
      case IncomingActivity.Delete delete -> deleted(session, delete, json, concerned);
      case IncomingActivity.CreatePost create ->
          comment(session, create.post(), create.id(), json, concerned);
      case IncomingActivity.UpdatePost update ->
          comment(session, update.post(), update.id(), json, concerned);
      case IncomingActivity.React reaction ->
          concerned
              .filter(group -> session.reactions().find(reaction.id()).isPresent())
              .ifPresent(group -> vote(session, group, reaction.id(), json));
      case IncomingActivity.UndoReact undo ->
          concerned.ifPresent(group -> vote(session, group, undo.id(), json));
      case IncomingActivity.Restore restore ->
          concerned
              .filter(group -> decisions.moderates(session, group, restore.actor()))
              .ifPresent(group -> restored(session, restore, json));
      case IncomingActivity.TakeDown down -> decided(session, down, json, concerned);
      case IncomingActivity.Lock lock -> decided(session, lock, json, concerned);
      case IncomingActivity.Feature feature -> decided(session, feature, json, concerned);
      default -> {}
    }
  }

  private void decided(
      Session session, IncomingActivity decision, String json, Optional<Jid> concerned) {
    concerned.ifPresent(group -> decisions.decided(session, group, decision, json));
  }

  /** A moderator lets in again what one took out; the service is asked as for a new post. */
  private void restored(Session session, IncomingActivity.Restore restore, String json) {
    boolean isThere = session.communities().ofPost(restore.post()).isPresent();
    session
        .remotePosts()
        .find(restore.post())
        .filter(kept -> !isThere && kept.post().parent().isEmpty())
        .ifPresent(kept -> submitted(session, kept.post(), restore.id(), json));
  }

  private void submitted(Session session, RemotePost post, URI activity, String json) {
    addressed(session, post)
        .filter(group -> post.audience().visibility().isOpen())
        .filter(group -> session.remotePosts().find(post.id()).isPresent())
        .ifPresent(group -> {
          Submission submission =
              new Submission(
                  OwnCommunities.node(group).item(Ids.itemId(post.id())),
                  group,
                  post.id(),
                  post.author(),
                  activity,
                  json,
                  post.dates().published(),
                  false);
          door.refusal(session, group, post.author())
              .ifPresentOrElse(
                  why -> refuse(session, submission, why),
                  () -> {
                    session.communities().save(submission);
                    publish(session, submission);
                  });
        });
  }

  /** The first community here that a post names. */
  private Optional<Jid> addressed(Session session, RemotePost post) {
    return Stream.of(
            post.audience().communities().stream(),
            post.audience().people().stream(),
            post.content().mentions().stream().map(Mention::target))
        .flatMap(named -> named)
        .flatMap(actor -> communities.named(session, actor).stream())
        .findFirst();
  }

  private void publish(Session session, Submission submission) {
    session
        .remotePosts()
        .find(submission.post())
        .filter(kept -> kept.post().audience().visibility().isOpen())
        .map(kept -> postings.atHome(session, kept.post()))
        .ifPresent((Posting posting) ->
            session
                .pubsubTasks()
                .add(
                    submission.item(),
                    posting.author().jid(),
                    Optional.of(EntryWriter.entry(posting))));
  }

  private void resubmitted(Session session, RemotePost post, URI activity, String json) {
    session
        .communities()
        .ofPost(post.id())
        .filter(before -> before.author().equals(post.author()))
        .ifPresent(before -> {
          Submission now = before.told(activity, json);
          session.communities().save(now);
          publish(session, now);
        });
  }

  private void deleted(
      Session session, IncomingActivity.Delete delete, String json, Optional<Jid> concerned) {
    if (session.remotePosts().find(delete.object()).isPresent()) {
      // Not its author, but of the same server.
      decided(
          session,
          new IncomingActivity.TakeDown(delete.id(), delete.actor(), delete.object()),
          json,
          concerned);
      return;
    }
    session
        .communities()
        .ofPost(delete.object())
        .filter(submission -> submission.author().equals(delete.actor()))
        .ifPresent(submission -> takeOut(session, submission));
    concerned.ifPresent(
        group -> announcements.passOn(session, group, delete.object(), delete.id(), json));
  }

  private void takeOut(Session session, Submission submission) {
    session.communities().remove(submission.item());
    session
        .remoteActors()
        .find(submission.author())
        .ifPresent(author ->
            session.pubsubTasks().add(submission.item(), postings.jid(author), Optional.empty()));
  }

  /** Its author does not let it stand there any more, or is gone. */
  void withdraw(Session session, URI post) {
    session
        .communities()
        .ofPost(post)
        .ifPresent(submission -> {
          takeOut(session, submission);
          tellTakenOut(session, submission);
        });
  }

  private void tellTakenOut(Session session, Submission submission) {
    if (submission.accepted()) {
      announcements.takeDown(session, submission.community(), submission.post());
    }
  }

  /** One that was taken, and that anybody may read. */
  private void comment(
      Session session, RemotePost post, URI activity, String json, Optional<Jid> concerned) {
    concerned
        .filter(group -> session.discussions().find(post.id()).isPresent())
        .ifPresent(group -> announcements.passOn(session, group, post.id(), activity, json));
  }

  /** Only of who told the community of it: others voted for the author alone. */
  private void vote(Session session, Jid group, URI activity, String json) {
    if (json.contains("\"" + urls.actor(group) + "\"")) {
      announcements.passOn(session, group, activity, activity, json);
    }
  }

  /** The service took an item, or will not. */
  void ended(Session session, Task task, Answer<?> answer) {
    if (task.payload().isEmpty()) {
      return;
    }
    session
        .communities()
        .find(task.item())
        .filter(submission -> !submission.json().isEmpty())
        .ifPresent(submission -> {
          if (answer instanceof Answer.Got) {
            accept(session, submission);
          } else if (!submission.accepted()) {
            session.communities().remove(submission.item());
            refuse(session, submission, Refusal.NOT_OPEN);
          }
        });
  }

  /** For servers that know communities, and for those that know nothing but repeats (Mastodon). */
  private void accept(Session session, Submission submission) {
    Jid group = submission.community();
    session.communities().save(submission.passedOn());
    announcements.passOn(
        session, group, submission.post(), submission.activity(), submission.json());
    announcements.show(session, group, submission.post());
  }

  private void refuse(Session session, Submission submission, Refusal why) {
    session
        .remoteActors()
        .find(submission.author())
        .ifPresent(author ->
            door.refuse(session, submission.community(), submission.activity(), author, why));
  }

  /** Somebody who may took an item out of the node: its owner, for what others posted. */
  void retracted(Session session, ItemAddress item) {
    session
        .communities()
        .find(item)
        .filter(Submission::accepted)
        .ifPresent(submission -> {
          session.communities().remove(item);
          tellTakenOut(session, submission);
        });
  }
}
