/**
 * The product, proved against programs that we did not write. Each test here starts real servers on
 * loopback addresses of its own and talks to the gateway only as the two networks would.
 */
@NullMarked
package im.tombolo.interop;

import org.jspecify.annotations.NullMarked;
