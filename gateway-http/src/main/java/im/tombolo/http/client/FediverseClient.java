package im.tombolo.http.client;

import im.tombolo.core.activity.Jrd;
import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Peers;
import im.tombolo.http.signature.Signer;
import im.tombolo.http.signature.Signer.Knock;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * The one client for outgoing requests: signs, checks addresses and schemes at each step, bounds
 * sizes, times, redirects and numbers. Blocking, any thread.
 */
public final class FediverseClient implements Fediverse, AutoCloseable {
  private static final int FINGER_BYTES = 64 * 1024;
  private static final Duration MARGIN = Duration.ofSeconds(2);
  // A film takes longer than a document.
  private static final int DOWNLOAD_PATIENCE = 3;
  private static final String ACCEPT_SIGNATURE = "Accept-Signature";

  private final ClientSettings settings;
  private final Signer signer;
  private final Jid instance;
  private final InstantSource clock;
  private final Semaphore places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OpenConnections connections = new OpenConnections();
  private final HttpClient http;

  /**
   * @param instance in whose name questions are asked
   */
  public FediverseClient(
      ClientSettings settings, Signer signer, Jid instance, InstantSource clock) {
    this(
        settings,
        signer,
        instance,
        clock,
        threads ->
            new CheckedResolver(
                threads, InetAddress::getAllByName, settings.allowPrivateAddresses()));
  }

  /**
   * @param resolver who knows, and has checked, the addresses of hosts
   */
  FediverseClient(
      ClientSettings settings,
      Signer signer,
      Jid instance,
      InstantSource clock,
      Function<Executor, SocketAddressResolver> resolver) {
    this.settings = settings;
    this.signer = signer;
    this.instance = instance;
    this.clock = clock;
    this.places = new Semaphore(settings.limits().requestsAtOnce(), true);
    this.http = HttpClients.started(settings, resolver.apply(threads), threads, connections);
  }

  /** Loads what each client needs, so that the next one is there sooner. */
  public static void warmUp() {
    HttpClients.warmUp();
  }

  @Override
  public Answer<Document> document(URI id) {
    return answer(
            get(
                id,
                ActivityType.ACTIVITY + ", " + ActivityType.LD,
                settings.limits().documentBytes()))
        .flatMap(found ->
            ActivityType.is(found.header(HttpHeader.CONTENT_TYPE).orElse(""))
                ? Answer.got(new Document(found.location(), found.text()))
                : new Answer.Missing<>());
  }

  @Override
  public Answer<Finger> finger(Handle handle) {
    Answer<Finger> answer = finger(handle, "https");
    return answer instanceof Answer.Unavailable && settings.allowHttp()
        ? finger(handle, "http")
        : answer;
  }

  private Answer<Finger> finger(Handle handle, String scheme) {
    URI question =
        URI.create(
            scheme
                + "://"
                + handle.host()
                + "/.well-known/webfinger?resource="
                + URLEncoder.encode(handle.acct(), StandardCharsets.UTF_8));
    return answer(get(question, "application/jrd+json, application/json", FINGER_BYTES))
        .flatMap(found ->
            switch (Jrd.read(found.text())) {
              case Reading.Of<Jrd>(Jrd jrd) -> finger(jrd);
              case Reading.Refused<Jrd> refused -> new Answer.Missing<>();
            });
  }

  private static Answer<Finger> finger(Jrd jrd) {
    Optional<Handle> subject = Handle.parse(jrd.subject());
    return subject.isPresent() && jrd.actor().isPresent()
        ? Answer.got(new Finger(subject.get(), jrd.actor().get()))
        : new Answer.Missing<>();
  }

  @Override
  public Answer<File> picture(URI href, int maxBytes) {
    return answer(get(href, "image/png, image/jpeg, image/gif, image/webp", maxBytes))
        .map(found -> new File(found.header(HttpHeader.CONTENT_TYPE).orElse(""), found.body()));
  }

  /**
   * A file of any type, written to {@code file} as it comes; what was there is replaced.
   *
   * @return the media type that its server gives, lower case and without parameters
   */
  public Answer<String> download(URI href, Path file, long maxBytes) {
    Duration timeout = settings.limits().requestTimeout().multipliedBy(DOWNLOAD_PATIENCE);
    return answer(
            get(
                href,
                "image/*, audio/*, video/*, */*;q=0.5",
                Intake.intoFile(file, maxBytes),
                timeout))
        .map(found ->
            found
                .header(HttpHeader.CONTENT_TYPE)
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse(""));
  }

  /** What there is to know of a host before something is delivered to it. */
  void known(Peers.Standing peer) {
    signer.dialects().known(peer.host(), peer.dialect());
  }

  /**
   * Posts an activity; no redirect is followed. Not counted among the requests that are under way
   * at a time: a peer that does not answer must not keep us from asking others.
   */
  public Delivered deliver(URI inbox, Jid sender, byte[] body) {
    return switch (knocking(
        inbox,
        sender,
        (request, knock) -> {
          sign(request, signer.post(inbox, knock, ActivityType.ACTIVITY, body));
          return request
              .method(HttpMethod.POST)
              .body(new BytesRequestContent(ActivityType.ACTIVITY, body));
        },
        Intake.nothing(),
        settings.limits().requestTimeout(),
        this::ask)) {
      case Exchange.Failed(String reason) -> new Delivered.Down(reason, Optional.empty());
      case Exchange.Forbidden(String reason) -> new Delivered.Never(reason);
      case Exchange.Answered answered -> DeliveryAnswer.read(answered, clock.instant());
    };
  }

  private Exchange get(URI start, String accept, int maxBytes) {
    return get(start, accept, Intake.inMemory(maxBytes), settings.limits().requestTimeout());
  }

  private Exchange get(URI start, String accept, Intake intake, Duration timeout) {
    URI place = start;
    for (int step = 0; step <= settings.limits().redirects(); step++) {
      URI target = place;
      Exchange exchange =
          knocking(
              target,
              instance,
              (request, knock) -> {
                sign(request, signer.get(target, knock));
                return request.headers(headers -> headers.put(HttpHeader.ACCEPT, accept));
              },
              intake,
              timeout,
              this::exchange);
      Optional<URI> next = redirect(exchange);
      if (next.isEmpty()) {
        return exchange;
      }
      place = next.get();
    }
    return new Exchange.Failed("too many redirects");
  }

  private static Optional<URI> redirect(Exchange exchange) {
    if (!(exchange instanceof Exchange.Answered answered)) {
      return Optional.empty();
    }
    return switch (answered.status()) {
      case 301, 302, 303, 307, 308 ->
          answered
              .header(HttpHeader.LOCATION)
              .flatMap(location -> {
                try {
                  return Optional.of(answered.location().resolve(location));
                } catch (IllegalArgumentException malformed) {
                  return Optional.empty();
                }
              });
      default -> Optional.empty();
    };
  }

  private static void sign(Request request, Map<String, String> headers) {
    request.headers(fields -> headers.forEach(fields::put));
  }

  /** One request and its answer. */
  private interface Asking {
    Exchange ask(URI target, UnaryOperator<Request> prepare, Intake intake, Duration patience);
  }

  /** Signs in another way where the first was not understood, and learns from that. */
  private Exchange knocking(
      URI target,
      Jid sender,
      BiFunction<Request, Knock, Request> prepare,
      Intake intake,
      Duration patience,
      Asking asking) {
    String host = Authority.of(target);
    List<Knock> knocks = signer.knocks(target, sender);
    Exchange last = new Exchange.Forbidden("nobody signs");
    for (Knock knock : knocks) {
      last = asking.ask(target, request -> prepare.apply(request, knock), intake, patience);
      if (!(last instanceof Exchange.Answered answered)) {
        return last;
      }
      Optional<String> wish = answered.header(ACCEPT_SIGNATURE);
      wish.ifPresent(text -> signer.dialects().asks(host, text));
      if (!isUnread(answered.status(), wish.isPresent())) {
        if (!knock.equals(knocks.getFirst()) && answered.status() < 400) {
          signer.dialects().understands(host, knock.dialect());
        }
        return last;
      }
    }
    if (knocks.size() > 1) {
      signer.dialects().understandsNeither(host);
    }
    return last;
  }

  /** 401 is about signatures; of other refusals only those that say what they want instead. */
  private static boolean isUnread(int status, boolean saysWhatItWants) {
    return status == 401 || (status >= 400 && status < 500 && saysWhatItWants);
  }

  private Exchange exchange(
      URI target, UnaryOperator<Request> prepare, Intake intake, Duration patience) {
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Exchange.Failed("too many requests are under way");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Exchange.Failed("stopping");
    }
    try {
      return ask(target, prepare, intake, patience);
    } finally {
      places.release();
    }
  }

  private Exchange ask(
      URI target, UnaryOperator<Request> prepare, Intake intake, Duration patience) {
    if (!WebAddresses.mayBeAsked(target, settings.allowHttp())) {
      return new Exchange.Forbidden("not an address that may be asked");
    }
    if (settings.unwelcome().test(target)) {
      return new Exchange.Forbidden("a server that is not talked to");
    }
    long timeout = patience.toMillis();
    try {
      Request request =
          prepare.apply(http.newRequest(target).timeout(timeout, TimeUnit.MILLISECONDS));
      if (connections.count() >= settings.limits().connectionsKept()) {
        request.headers(headers -> headers.put(HttpHeader.CONNECTION, "close"));
      }
      return intake.take(target, request, timeout + MARGIN.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Exchange.Failed("stopping");
    } catch (ExecutionException failed) {
      return Exchange.Failed.of(failed);
    } catch (TimeoutException late) {
      return new Exchange.Failed("no answer in time");
    } catch (IllegalArgumentException odd) {
      return new Exchange.Forbidden("an address that cannot be asked");
    }
  }

  private static Answer<Exchange.Answered> answer(Exchange exchange) {
    return switch (exchange) {
      case Exchange.Forbidden forbidden -> new Answer.Missing<>();
      case Exchange.Failed(String reason) -> new Answer.Unavailable<>(reason);
      case Exchange.Answered answered ->
          switch (answered.status()) {
            case 200 -> Answer.got(answered);
            case 404 -> new Answer.Missing<>();
            case 410 -> new Answer.Gone<>();
            case 401, 403 -> new Answer.Closed<>();
            default -> new Answer.Unavailable<>("HTTP " + answered.status());
          };
    };
  }

  @Override
  public void close() {
    try {
      http.stop();
    } catch (Exception onTheWayOut) {
      throw new IllegalStateException("the HTTP client does not stop", onTheWayOut);
    } finally {
      threads.shutdownNow();
    }
  }
}
