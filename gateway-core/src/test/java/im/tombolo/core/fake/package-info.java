/**
 * The two networks and the time, as tests want them: each answers what it was told to answer, and
 * remembers what it was asked.
 */
@NullMarked
package im.tombolo.core.fake;

import org.jspecify.annotations.NullMarked;
