/**
 * Pubsub payloads and the model: Atom entries (XEP-0277, XEP-0472), pubsub events (XEP-0060),
 * vCards (XEP-0054, XEP-0292), avatars (XEP-0084), the Atom feed of a blog (RFC 4287), and beside
 * pubsub what people write to each other ({@code Chat...}: RFC 6121 §5 and what has grown around
 * it).
 */
@NullMarked
package im.tombolo.core.atom;

import org.jspecify.annotations.NullMarked;
