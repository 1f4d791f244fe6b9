/**
 * Pubsub payloads and the model: Atom entries (XEP-0277, XEP-0472), pubsub events (XEP-0060),
 * vCards (XEP-0054, XEP-0292), avatars (XEP-0084), and the Atom feed of a blog (RFC 4287).
 */
@NullMarked
package im.tombolo.core.atom;

import org.jspecify.annotations.NullMarked;
