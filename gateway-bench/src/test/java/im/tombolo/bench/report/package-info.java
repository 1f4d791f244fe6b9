@NullMarked
package im.tombolo.bench.report;

import org.jspecify.annotations.NullMarked;
