/** A whole working gateway on loopback in one command, to try and to learn from. */
@NullMarked
package im.tombolo.app.quickstart;

import org.jspecify.annotations.NullMarked;
