package im.tombolo.core.model;

import java.net.URI;
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
 * @param inReplyTo id of the parent
 */
public record RemotePost(
    URI id,
    URI author,
    Content content,
    Dates dates,
    Optional<URI> page,
    Audience audience,
    Optional<URI> inReplyTo) {}
