/**
 * What our JIDs answer: each fediverse account as an account with a pubsub service (XEP-0060,
 * XEP-0163), the gateway's own address as a gateway (XEP-0100).
 */
@NullMarked
package im.tombolo.xmpp.service;

import org.jspecify.annotations.NullMarked;
