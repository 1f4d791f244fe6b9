/** What the administrator's machines read: health and metrics, on an address of its own. */
@NullMarked
package im.tombolo.app.admin;

import org.jspecify.annotations.NullMarked;
