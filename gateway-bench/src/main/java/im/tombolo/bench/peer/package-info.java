/**
 * A fediverse of stubs on loopback, so lean that the gateway is what is measured: one HTTP/1.1
 * server for thousands of hosts, well and ill, and one client for what they send.
 */
@NullMarked
package im.tombolo.bench.peer;

import org.jspecify.annotations.NullMarked;
