@NullMarked
package im.tombolo.bench.xmpp;

import org.jspecify.annotations.NullMarked;
