/**
 * HTTP signatures as the fediverse uses them: draft-cavage-http-signatures-12 and RFC 9421. Made
 * for what we send, checked for what we get.
 */
@NullMarked
package im.tombolo.http.signature;

import org.jspecify.annotations.NullMarked;
