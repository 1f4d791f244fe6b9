/** The whole gateway, over real sockets, between an XMPP server and peers that mean it ill. */
@NullMarked
package im.tombolo.app.siege;

import org.jspecify.annotations.NullMarked;
