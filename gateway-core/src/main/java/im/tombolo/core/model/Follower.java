package im.tombolo.core.model;

import java.net.URI;
import java.util.Optional;

/**
 * A fediverse account's follow of an XMPP blog.
 *
 * @param actor who follows
 * @param inbox where their posts go
 * @param sharedInbox the same for the whole server
 * @param followId id of the Follow activity, to echo it
 */
public record Follower(URI actor, URI inbox, Optional<URI> sharedInbox, URI followId) {}
