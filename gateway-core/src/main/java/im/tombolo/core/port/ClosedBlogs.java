package im.tombolo.core.port;

import im.tombolo.core.address.Jid;

/** People whose blogs are closed on XMPP, and who want them carried to followers they approve. */
public interface ClosedBlogs {
  boolean isCarried(Jid account);

  void carry(Jid account, boolean wanted);
}
