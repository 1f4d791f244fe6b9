/**
 * An immutable element tree, one hardened reader and one writer that cannot emit what XML 1.0
 * cannot carry.
 */
@NullMarked
package im.tombolo.core.xml;

import org.jspecify.annotations.NullMarked;
