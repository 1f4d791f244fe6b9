/**
 * ActivityStreams JSON and the model: readers that take every spelling that servers use, writers
 * that use the one that all servers take. JSON stays in here; nothing asks the network.
 */
@NullMarked
package im.tombolo.core.activity;

import org.jspecify.annotations.NullMarked;
