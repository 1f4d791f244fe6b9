/** JMH benchmarks, and {@code tombolo bench}: load on the whole gateway. */
@NullMarked
package im.tombolo.bench;

import org.jspecify.annotations.NullMarked;
