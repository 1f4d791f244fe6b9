package im.tombolo.interop.stage;

import java.util.List;

/**
 * A private XMPP server that keeps its data from start to start. Client connections are without
 * TLS; every user's password is the user's name.
 */
public interface XmppServer extends AutoCloseable {
  /** The people of every stage. */
  List<String> USERS = List.of("romeo", "juliet", "benvolio", "mercutio");

  String DOMAIN = "xmpp.test";

  /** The domain that the gateway may connect as. */
  default String componentDomain() {
    return "ap." + DOMAIN;
  }

  default String domain() {
    return DOMAIN;
  }

  /** The server's own pubsub service. */
  default String pubsubDomain() {
    return "pubsub." + DOMAIN;
  }

  default String secret() {
    return "stage-secret";
  }

  int c2sPort();

  int componentPort();

  void start();

  void stop();

  /** SIGKILL. */
  void kill9();

  default void restart() {
    stop();
    start();
  }

  @Override
  void close();
}
