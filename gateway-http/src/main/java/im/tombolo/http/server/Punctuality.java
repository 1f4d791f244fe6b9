package im.tombolo.http.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose requests do not arrive in time, headers and body each: a silent one is
 * closed anyway, but whoever sends a byte now and then could hold it for ever. Any thread.
 */
final class Punctuality implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration time;
  private final ConcurrentMap<Connection, Scheduler.Task> waiting = new ConcurrentHashMap<>();

  Punctuality(Scheduler scheduler, Duration time) {
    this.scheduler = scheduler;
    this.time = time;
  }

  @Override
  public void onOpened(Connection connection) {
    await(connection);
  }

  @Override
  public void onClosed(Connection connection) {
    arrived(connection);
  }

  /** The head of a request is here; the next one may come once this one is answered. */
  void arrived(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    arrived(connection);
    Request.addCompletionListener(
        request,
        failure -> {
          if (connection.getEndPoint().isOpen()) {
            await(connection);
          }
        });
  }

  /** The body of a request, which has to come to its end in time. */
  InputStream body(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    await(connection);
    return new FilterInputStream(Request.asInputStream(request)) {
      @Override
      public int read() throws IOException {
        return noted(super.read());
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return noted(super.read(bytes, offset, length));
      }

      private int noted(int read) {
        if (read < 0) {
          arrived(connection);
        }
        return read;
      }

      @Override
      public void close() throws IOException {
        arrived(connection);
        super.close();
      }
    };
  }

  private void await(Connection connection) {
    Scheduler.Task task =
        scheduler.schedule(
            () -> {
              waiting.remove(connection);
              connection.getEndPoint().close(new TimeoutException("a request that is late"));
            },
            time.toMillis(),
            TimeUnit.MILLISECONDS);
    Scheduler.Task before = waiting.put(connection, task);
    if (before != null) {
      before.cancel();
    }
  }

  private void arrived(Connection connection) {
    Scheduler.Task task = waiting.remove(connection);
    if (task != null) {
      task.cancel();
    }
  }
}
