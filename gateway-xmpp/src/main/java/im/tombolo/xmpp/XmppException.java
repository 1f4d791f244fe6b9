package im.tombolo.xmpp;

/** The root of this room's exceptions. */
class XmppException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  XmppException(String message) {
    super(message);
  }
}
