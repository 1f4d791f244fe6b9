/** What the targets share. Each target stands in the package of what it tries. */
@NullMarked
package im.tombolo.fuzz;

import org.jspecify.annotations.NullMarked;
