/**
 * What the core needs from the outside, as interfaces: the two networks and the state. The other
 * rooms implement them and meet nowhere else.
 */
@NullMarked
package im.tombolo.core.port;

import org.jspecify.annotations.NullMarked;
