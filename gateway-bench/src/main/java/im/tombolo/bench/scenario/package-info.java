/** What is measured: one class for each scenario, and the stage that all of them play on. */
@NullMarked
package im.tombolo.bench.scenario;

import org.jspecify.annotations.NullMarked;
