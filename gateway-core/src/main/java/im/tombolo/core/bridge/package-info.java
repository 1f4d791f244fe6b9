/**
 * The flows: one class for each thing that people do, in both directions. Knows ports and the
 * model; no sockets, no SQL, no threads. What belongs together is written in one transaction.
 */
@NullMarked
package im.tombolo.core.bridge;

import org.jspecify.annotations.NullMarked;
