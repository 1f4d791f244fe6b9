package im.tombolo.core.port;

/**
 * The health of the servers that we talk to: one record for each, named by {@link
 * im.tombolo.core.address.Authority}.
 */
public interface Peers {
  /**
   * A signed message came from there, so it lives: what waits for it is tried now, unless it asked
   * us for a longer wait or has just been tried. Cheap, and changes nothing for a peer that is
   * well.
   */
  void heardFrom(String host);
}
