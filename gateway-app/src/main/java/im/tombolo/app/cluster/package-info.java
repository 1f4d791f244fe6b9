/**
 * Several processes on one database: which of them has the component link, and what the others do.
 */
@NullMarked
package im.tombolo.app.cluster;

import org.jspecify.annotations.NullMarked;
