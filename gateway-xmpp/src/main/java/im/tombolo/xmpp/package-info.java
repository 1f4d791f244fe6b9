/**
 * The component link (XEP-0114): one stream that is kept up, questions that are answered over it,
 * and what arrives, handed on by lanes. Smack gives the vocabulary of errors; it stays in this
 * room.
 */
@NullMarked
package im.tombolo.xmpp;

import org.jspecify.annotations.NullMarked;
