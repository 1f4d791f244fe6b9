package im.tombolo.app.admin;

import im.tombolo.core.port.Flags.Flag;
import im.tombolo.core.port.Store;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET /flags} and {@code POST /flags/done?id=}: what others report. A change wants the
 * header that {@link KeyPages#CHANGES} names.
 */
public final class FlagPages extends Handler.Abstract {
  private final Store store;

  public FlagPages(Store store) {
    this.store = store;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (request.getMethod() + " " + request.getHttpURI().getPath()) {
      case "GET /flags" -> Page.text(200, list()).send(response, callback);
      case "POST /flags/done" -> done(request).send(response, callback);
      default -> {
        return false;
      }
    }
    return true;
  }

  private String list() {
    String lines =
        store.inTransaction(session -> session.flags().all()).stream()
            .map(FlagPages::lines)
            .collect(Collectors.joining());
    return lines.isEmpty() ? "Nothing was reported.\n" : lines;
  }

  private static String lines(Flag flag) {
    return flag.id()
        + " "
        + flag.at()
        + " "
        + flag.by()
        + " reports "
        + flag.objects().stream().map(URI::toString).collect(Collectors.joining(" "))
        + "\n"
        + flag.text().lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
  }

  private Page done(Request request) {
    if (!request.getHeaders().contains(KeyPages.CHANGES)) {
      return Page.text(403, "A change wants the header " + KeyPages.CHANGES + ".\n");
    }
    Optional<Long> id =
        Optional.ofNullable(Request.extractQueryParameters(request).getValue("id"))
            .filter(text -> text.matches("[0-9]{1,18}"))
            .map(Long::valueOf);
    boolean wasThere =
        id.filter(number -> store.inTransaction(session -> session.flags().remove(number)))
            .isPresent();
    return wasThere
        ? Page.text(200, "Done.\n")
        : Page.text(404, "There is no report with that number.\n");
  }
}
