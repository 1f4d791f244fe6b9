/**
 * The stage that the interop tests play on: Prosody, ejabberd, slixmpp, Fedify, PostgreSQL and the
 * gateway itself as programs with a working directory, a log and a process id, joined by names that
 * only this stage knows and a certificate authority that only this stage trusts.
 */
@NullMarked
package im.tombolo.interop.stage;

import org.jspecify.annotations.NullMarked;
