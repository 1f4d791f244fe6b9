/** Whom the administrator wants here, and whom not. */
@NullMarked
package im.tombolo.core.policy;

import org.jspecify.annotations.NullMarked;
