package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.util.Collection;
import java.util.List;

/**
 * The outbox towards XMPP: stanzas that must arrive. A row goes when the server answered a ping
 * that was sent after it.
 */
public interface Stanzas {
  /**
   * Keeps a stanza to be sent. It is written with the others of its transaction, at its end.
   *
   * @param id the stanza's id, derived from what it tells: a second one with the same id and
   *     recipient is not kept
   * @param xml the whole stanza in the namespace jabber:client
   */
  void add(String id, Jid to, String xml);

  /**
   * The oldest rows, in order, without those that are under way. One process reads them: the link's
   * owner.
   */
  List<Row> next(Collection<Long> besides, int max);

  void sent(Collection<Long> ids);

  long waiting();

  record Row(long id, Jid to, String xml) {}
}
