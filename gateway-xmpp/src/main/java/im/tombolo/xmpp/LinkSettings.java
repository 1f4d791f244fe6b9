package im.tombolo.xmpp;

import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.util.List;

/**
 * Where the XMPP server is and who we are there.
 *
 * @param component our domain
 * @param secret shared with the server
 * @param domains the served domains, one at least: what they let us do counts
 */
public record LinkSettings(
    String host, int port, Jid component, String secret, List<Jid> domains, Limits limits) {

  public LinkSettings {
    domains = List.copyOf(domains);
  }

  /** A domain of the server's own, which is pinged. */
  Jid server() {
    return domains.getFirst();
  }

  /**
   * @param stanzaChars longest stanza that is read; a longer one ends the stream
   * @param requestTimeout how long an answer may take
   * @param requestsAtOnce questions that wait for answers at a time; more wait in line
   * @param workQueue stanzas that wait to be worked on; then the server has to wait, and questions
   *     are refused
   * @param connectTimeout for the connection and for the handshake
   * @param pingInterval between pings of the server; two without an answer end the stream
   * @param shortestWait before the first new attempt to connect; doubled after each failure
   * @param longestWait between attempts
   */
  public record Limits(
      int stanzaChars,
      Duration requestTimeout,
      int requestsAtOnce,
      int workQueue,
      Duration connectTimeout,
      Duration pingInterval,
      Duration shortestWait,
      Duration longestWait) {
    public static final Limits DEFAULT =
        new Limits(
            1 << 20,
            Duration.ofSeconds(20),
            500,
            1_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
  }

  @Override
  public String toString() {
    return component + " at " + host + ":" + port;
  }
}
