package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.PeerServer.Request;
import im.tombolo.bench.report.Result;
import im.tombolo.core.activity.KeyReader;
import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.port.Answer;
import im.tombolo.http.signature.Message;
import im.tombolo.http.signature.Rsa;
import im.tombolo.http.signature.SignatureCheck;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Checks signatures of requests that peers got, with keys that the gateway shows. */
final class SignatureSample {
  private final Rsa rsa = new Rsa();
  private final Map<URI, Answer<OwnedKey>> keys = new ConcurrentHashMap<>();
  private final Stage stage;

  SignatureSample(Stage stage) {
    this.stage = stage;
  }

  void check(List<Request> requests, Result result) {
    long good = requests.stream().filter(this::isGood).count();
    result.equal("sampled signatures that are good", requests.size(), good);
  }

  private boolean isGood(Request request) {
    Map<String, String> headers = headers(request.head());
    SignatureCheck check =
        new SignatureCheck(
            URI.create("http://" + headers.getOrDefault("host", "nowhere")),
            (id, fresh) -> key(id),
            rsa,
            Clock.systemUTC());
    Message message =
        new Message(
            "POST",
            request.path(),
            name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))));
    return check.check(message, Optional.of(request.body()))
        instanceof SignatureCheck.Outcome.Signed;
  }

  private Answer<OwnedKey> key(URI id) {
    return keys.computeIfAbsent(
        id,
        wanted ->
            KeyReader.read(stage.get(withoutFragment(wanted)).body(), wanted)
                .value()
                .<Answer<OwnedKey>>map(Answer::got)
                .orElseGet(Answer.Missing::new));
  }

  private static URI withoutFragment(URI id) {
    return URI.create(id.toString().split("#", 2)[0]);
  }

  private static Map<String, String> headers(String head) {
    Map<String, String> headers = new TreeMap<>();
    head.lines()
        .skip(1)
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip()));
    return headers;
  }
}
