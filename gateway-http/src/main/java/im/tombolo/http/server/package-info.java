/** What the web sees of us: actors, posts and collections, pages for people, inboxes. */
@NullMarked
package im.tombolo.http.server;

import org.jspecify.annotations.NullMarked;
