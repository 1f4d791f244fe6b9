/** How fast the translation is; the numbers are in docs/benchmarks.md. */
@NullMarked
package im.tombolo.bench;

import org.jspecify.annotations.NullMarked;
