/** An XMPP server of stubs, as a component sees one: blogs, their events, and clients. */
@NullMarked
package im.tombolo.bench.xmpp;

import org.jspecify.annotations.NullMarked;
