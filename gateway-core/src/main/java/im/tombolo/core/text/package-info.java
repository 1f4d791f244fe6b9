/** What people write: HTML in, safe HTML, XHTML and plain text out; hashtags and languages. */
@NullMarked
package im.tombolo.core.text;

import org.jspecify.annotations.NullMarked;
