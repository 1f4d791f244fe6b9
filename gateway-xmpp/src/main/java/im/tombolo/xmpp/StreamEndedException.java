package im.tombolo.xmpp;

/** The stream to the XMPP server is over; it says why, and what can be done. */
final class StreamEndedException extends XmppException {
  private static final long serialVersionUID = 1L;

  private final String diagnosis;

  StreamEndedException(String diagnosis) {
    super(diagnosis);
    this.diagnosis = diagnosis;
  }

  String diagnosis() {
    return diagnosis;
  }
}
