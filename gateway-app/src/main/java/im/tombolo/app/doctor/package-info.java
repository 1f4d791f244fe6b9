/** Looks at a gateway from outside, and says what is wrong and how to mend it. */
@NullMarked
package im.tombolo.app.doctor;

import org.jspecify.annotations.NullMarked;
