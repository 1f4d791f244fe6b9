package im.tombolo.core.bridge;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemotePost;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of one actor's waiting activities need no work, because one behind them takes them back or
 * says all that they say: floods of edits, and of likes that come and go, cost little.
 */
final class Overtaken {
  private final Map<URI, IncomingActivity> later = new HashMap<>();
  private final Set<URI> undone = new HashSet<>();
  private final Set<URI> overtaken = new HashSet<>();

  private Overtaken() {}

  /** Their ids. */
  static Set<URI> among(List<IncomingActivity> inOrder) {
    Overtaken found = new Overtaken();
    inOrder.reversed().forEach(found::look);
    return found.overtaken;
  }

  private void look(IncomingActivity activity) {
    if (isOvertaken(activity)) {
      overtaken.add(activity.id());
    }
    switch (activity) {
      case IncomingActivity.UpdatePost update -> later.putIfAbsent(update.post().id(), activity);
      case IncomingActivity.UpdateActor update -> later.putIfAbsent(update.actor(), activity);
      case IncomingActivity.Delete delete -> later.putIfAbsent(delete.object(), activity);
      case IncomingActivity.UndoReact undo -> undone.add(undo.reaction());
      case IncomingActivity.UndoAnnounce undo -> undone.add(undo.announce());
      case IncomingActivity.UndoFollow undo -> undone.add(undo.follow());
      case IncomingActivity.UndoById undo -> undone.add(undo.undone());
      default -> {}
    }
  }

  private boolean isOvertaken(IncomingActivity activity) {
    return switch (activity) {
      case IncomingActivity.CreatePost create -> isDeleted(create.post().id());
      case IncomingActivity.UpdatePost update ->
          isDeleted(update.post().id())
              || (later.get(update.post().id()) instanceof IncomingActivity.UpdatePost next
                  && saysAll(next.post(), update.post()));
      case IncomingActivity.UpdateActor update -> later.containsKey(update.actor());
      case IncomingActivity.React reaction -> undone.contains(reaction.id());
      case IncomingActivity.Announce announce -> undone.contains(announce.id());
      case IncomingActivity.Follow follow -> undone.contains(follow.id());
      default -> false;
    };
  }

  private boolean isDeleted(URI post) {
    return later.get(post) instanceof IncomingActivity.Delete;
  }

  /** An edit for fewer people narrows a post for good, and an older one counts for nothing. */
  private static boolean saysAll(RemotePost next, RemotePost before) {
    return next.audience().equals(before.audience())
        && !next.dates().updated().isBefore(before.dates().updated());
  }
}
