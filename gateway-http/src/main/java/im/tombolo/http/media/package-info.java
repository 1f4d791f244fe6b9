/**
 * The media proxy, where the administrator turned it on: files of the fediverse, fetched once when
 * somebody looks, kept for a while on disk, and served so that no browser runs them.
 */
@NullMarked
package im.tombolo.http.media;

import org.jspecify.annotations.NullMarked;
