package im.tombolo.core.model;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A post of a fediverse account.
 *
 * @param id the ActivityStreams id
 * @param author actor id ({@code attributedTo}), same origin as the post
 * @param content what it says
 * @param dates when
 * @param page the page for people
 * @param audience who may see it
 * @param discussion what it answers
 */
public record RemotePost(
    URI id,
    URI author,
    Content content,
    Dates dates,
    Optional<URI> page,
    Audience audience,
    Discussion discussion) {

  public Optional<URI> parent() {
    return discussion.parent();
  }

  /** A post from the future is of now: else it stood above all others, and took no edit. */
  public RemotePost notAfter(Instant now) {
    return dates.updated().isAfter(now)
        ? new RemotePost(id, author, content, dates.notAfter(now), page, audience, discussion)
        : this;
  }

  public RemotePost withAudience(Audience other) {
    return new RemotePost(id, author, content, dates, page, other, discussion);
  }

  public RemotePost withContent(Content other) {
    return new RemotePost(id, author, other, dates, page, audience, discussion);
  }
}
