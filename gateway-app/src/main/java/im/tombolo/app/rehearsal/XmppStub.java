package im.tombolo.app.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Takes one component (XEP-0114 §3) and says nothing more. */
final class XmppStub implements AutoCloseable {
  private static final String WELCOME =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
          + " xmlns:stream='http://etherx.jabber.org/streams' id='1'><handshake/>";

  private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

  XmppStub() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    try (Socket socket = listening.accept();
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(WELCOME.getBytes(StandardCharsets.UTF_8));
      byte[] buffer = new byte[4_096];
      while (in.read(buffer) >= 0) {
        // Nobody is here who could answer.
      }
    } catch (IOException closed) {
      // The rehearsal is over.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
