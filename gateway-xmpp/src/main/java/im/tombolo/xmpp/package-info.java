/**
 * The component link (XEP-0114): one stream that is kept up, questions that are answered over it,
 * and what arrives, handed on by lanes. Smack gives the framing and the vocabulary of errors; both
 * stay in this room.
 */
@NullMarked
package im.tombolo.xmpp;

import org.jspecify.annotations.NullMarked;
