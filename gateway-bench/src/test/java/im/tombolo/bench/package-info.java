@NullMarked
package im.tombolo.bench;

import org.jspecify.annotations.NullMarked;
