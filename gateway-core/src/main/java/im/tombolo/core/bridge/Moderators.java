package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.activity.MemberReader;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may decide in communities of the fediverse (FEP-1b12 §Group moderation): whom the community
 * names, itself or by a collection, and whoever is of its own server. A community that passes on
 * whatever it gets, unread, so lends its word to nobody. Safe for any thread.
 */
final class Moderators {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final long MAX_KNOWN = 10_000;

  /** Addresses in {@code attributedTo} that may be collections: one, but for Mobilizon. */
  private static final int MAX_COLLECTIONS = 3;

  private static final int MAX_PAGES = 5;

  private final Fediverse fediverse;
  private final SingleFlight<URI, Answer<Set<URI>>> questions = new SingleFlight<>();
  private final Cache<URI, Set<URI>> known;

  Moderators(Fediverse fediverse, BridgeSettings settings) {
    this.fediverse = fediverse;
    this.known =
        Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .maximumSize(MAX_KNOWN)
            .ticker(settings.ticker())
            .build();
  }

  Answer<Boolean> has(URI community, URI actor) {
    return TimelineBridge.isSameServer(community, actor)
        ? Answer.got(true)
        : of(community).map(all -> all.contains(actor));
  }

  private Answer<Set<URI>> of(URI community) {
    Set<URI> cached = known.getIfPresent(community);
    return cached == null ? questions.ask(community, () -> ask(community)) : Answer.got(cached);
  }

  private Answer<Set<URI>> ask(URI community) {
    Answer<Set<URI>> answer =
        document(community, community)
            .map(MemberReader::attributedTo)
            .flatMap(named -> named(community, named));
    answer.value().ifPresent(all -> known.put(community, all));
    return answer;
  }

  private Answer<Set<URI>> named(URI community, List<URI> named) {
    Set<URI> all = new HashSet<>(named);
    List<URI> collections =
        named.stream()
            .filter(one -> TimelineBridge.isSameServer(community, one))
            .limit(MAX_COLLECTIONS)
            .toList();
    for (URI collection : collections) {
      Optional<URI> page = Optional.of(collection);
      for (int i = 0; page.isPresent() && i < MAX_PAGES; i++) {
        Answer<String> there = document(community, page.get());
        if (there instanceof Answer.Unavailable<String>(String reason)) {
          return new Answer.Unavailable<>(reason);
        }
        Optional<MemberReader.Page> members =
            there.value().map(MemberReader::read).flatMap(Reading::value);
        members.ifPresent(read -> all.addAll(read.members()));
        page = members.flatMap(MemberReader.Page::next);
      }
    }
    return Answer.got(all);
  }

  /** What the community's own server says at an address. */
  private Answer<String> document(URI community, URI place) {
    return TimelineBridge.isSameServer(community, place)
        ? fediverse
            .document(place)
            .flatMap(document ->
                document.isFromServerOf(place)
                    ? Answer.got(document.json())
                    : new Answer.Missing<String>())
        : new Answer.Missing<>();
  }
}
