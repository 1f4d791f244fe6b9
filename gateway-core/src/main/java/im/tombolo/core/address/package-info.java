/**
 * Addresses: JID, handle and URL of one and the same person, and the escaping between them. Pure
 * values, no network.
 */
@NullMarked
package im.tombolo.core.address;

import org.jspecify.annotations.NullMarked;
