package im.tombolo.xmpp;

import java.io.IOException;

/** What arrived is nothing that an XMPP server writes; the stream cannot be read further. */
final class NotXmppException extends IOException {
  private static final long serialVersionUID = 1L;

  NotXmppException(String what) {
    super(what);
  }
}
