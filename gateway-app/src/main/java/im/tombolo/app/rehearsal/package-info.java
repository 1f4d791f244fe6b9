/**
 * A start for nothing, from which the Java machine learns what later starts need (JEP 514, 515).
 */
@NullMarked
package im.tombolo.app.rehearsal;

import org.jspecify.annotations.NullMarked;
