package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;

/**
 * A question to one of our JIDs.
 *
 * @param from who asks, full JID as a rule
 * @param to as it was addressed, in whatever spelling
 * @param set true to change something, false to read
 */
public record IqRequest(Jid from, Jid to, boolean set, Element payload) {
  boolean is(String name, String namespace) {
    return payload.is(name, namespace);
  }
}
