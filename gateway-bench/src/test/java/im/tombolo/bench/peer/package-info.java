@NullMarked
package im.tombolo.bench.peer;

import org.jspecify.annotations.NullMarked;
