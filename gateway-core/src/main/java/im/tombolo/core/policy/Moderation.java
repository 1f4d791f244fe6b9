package im.tombolo.core.policy;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import im.tombolo.core.port.Rules.State;
import im.tombolo.core.port.Store;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * With whom the whole gateway has nothing to do: by the configuration, and by rules that are kept
 * and may change at any time. A domain stands for all below it. Safe for any thread; an answer
 * takes no lock and asks nobody.
 */
public final class Moderation {
  /** Rules that are kept. */
  public static final int MAX_RULES = 50_000;

  private final Choices choices;
  private volatile Known known = new Known(Set.of(), Set.of(), Set.of(), new State(0, 0));

  /**
   * What the configuration says.
   *
   * @param allowListOnly whether only {@code allowed} are talked to
   * @param allowed canonical domains
   * @param blocked canonical domains
   * @param admins who is told of what they should know
   */
  public record Choices(
      boolean allowListOnly, Set<String> allowed, Set<String> blocked, List<Jid> admins) {
    public static final Choices NONE = new Choices(false, Set.of(), Set.of(), List.of());

    public Choices {
      allowed = Set.copyOf(allowed);
      blocked = Set.copyOf(blocked);
      admins = List.copyOf(admins);
    }
  }

  private record Known(Set<String> domains, Set<String> actors, Set<String> media, State state) {}

  public Moderation(Choices choices) {
    this.choices = choices;
  }

  public Choices choices() {
    return choices;
  }

  /** Reads the rules if they changed; true when they did. */
  public boolean refresh(Store store) {
    return store.inTransaction(session -> {
      State state = session.rules().state();
      if (state.equals(known.state())) {
        return false;
      }
      known = known(session.rules().all(MAX_RULES), state);
      return true;
    });
  }

  /** Grows when a rule is added. */
  public long version() {
    return known.state().version();
  }

  private static Known known(List<Rule> rules, State state) {
    Set<String> domains = new HashSet<>();
    Set<String> actors = new HashSet<>();
    Set<String> media = new HashSet<>();
    for (Rule rule : rules) {
      if (rule.isActor()) {
        actors.add(rule.target());
      } else {
        (rule.severity() == Severity.MEDIA ? media : domains).add(rule.target());
      }
    }
    return new Known(domains, actors, media, state);
  }

  /** Whether nothing is taken from an actor or server, told to it, or asked of it. */
  public boolean refuses(URI url) {
    return known.actors().contains(url.toString())
        || Domains.of(url).map(this::refusesHost).orElse(choices.allowListOnly());
  }

  /** The same of a server by its name. */
  public boolean refusesServer(String name) {
    return Domains.canonical(name).map(this::refusesHost).orElse(choices.allowListOnly());
  }

  private boolean refusesHost(String host) {
    List<String> names = Domains.upwards(host);
    return names.stream().anyMatch(known.domains()::contains)
        || names.stream().anyMatch(choices.blocked()::contains)
        || (choices.allowListOnly() && names.stream().noneMatch(choices.allowed()::contains));
  }

  /** Whether a server's files are not wanted; those of whom we refuse are not either. */
  public boolean refusesMedia(URI url) {
    return refuses(url)
        || Domains.of(url)
            .filter(host -> Domains.upwards(host).stream().anyMatch(known.media()::contains))
            .isPresent();
  }
}
