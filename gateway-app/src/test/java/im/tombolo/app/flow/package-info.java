/**
 * The flows between the two networks, over a real database: what comes in at one door, and what
 * then waits in the outboxes of the other side.
 */
@NullMarked
package im.tombolo.app.flow;

import org.jspecify.annotations.NullMarked;
