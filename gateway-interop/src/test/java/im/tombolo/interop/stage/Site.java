package im.tombolo.interop.stage;

/**
 * A place on the stage's Internet: a name that resolves on this stage only, to a loopback address
 * of its own.
 *
 * @param port 443 where the test may bind it, else a high port
 */
public record Site(String name, String address, int port) {

  /** The web origin, without a trailing slash; the port is left out when it is 443. */
  public String origin() {
    return "https://" + authority();
  }

  /** The name with its port, as it stands in URLs and handles. */
  public String authority() {
    return port == 443 ? name : name + ":" + port;
  }
}
