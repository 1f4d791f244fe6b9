/** What a run measured: figures, processes and their memory, plots, JSON and tables. */
@NullMarked
package im.tombolo.bench.report;

import org.jspecify.annotations.NullMarked;
