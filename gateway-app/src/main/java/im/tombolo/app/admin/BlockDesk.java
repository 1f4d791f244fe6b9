package im.tombolo.app.admin;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.AddressBridge.Found;
import im.tombolo.core.policy.Domains;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Store;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What an administrator does about whom they do not want. Safe for any thread. */
public final class BlockDesk {
  private static final int MAX_COMMENT = 500;

  private final Store store;
  private final Moderation moderation;
  private final AddressBridge addresses;
  private final GatewayUrls urls;

  public BlockDesk(Store store, Moderation moderation, AddressBridge addresses, GatewayUrls urls) {
    this.store = store;
    this.moderation = moderation;
    this.addresses = addresses;
    this.urls = urls;
  }

  List<Rule> list() {
    return store.inTransaction(session -> session.rules().all(Moderation.MAX_RULES));
  }

  /** Those of the configuration. */
  List<String> configured() {
    return moderation.choices().blocked().stream().sorted().toList();
  }

  /** Empty when it was added, else why not. */
  Optional<String> add(Rule wish) {
    Optional<String> target = target(wish.target());
    if (target.isEmpty()) {
      return Optional.of("neither a domain nor anybody on the fediverse");
    }
    if (isOurs(target.get())) {
      return Optional.of("this gateway's own");
    }
    String comment = wish.comment().substring(0, Math.min(MAX_COMMENT, wish.comment().length()));
    return store.inTransaction(session -> {
      if (session.rules().state().rules() >= Moderation.MAX_RULES) {
        return Optional.of("there are " + Moderation.MAX_RULES + " rules already");
      }
      session.rules().add(new Rule(target.get(), wish.severity(), comment));
      return Optional.<String>empty();
    });
  }

  /** True when there was such a rule. */
  boolean remove(String address) {
    return remove(Optional.of(address.strip())) || remove(target(address));
  }

  private boolean remove(Optional<String> target) {
    return target
        .filter(known -> store.inTransaction(session -> session.rules().remove(known)))
        .isPresent();
  }

  /** Here at once; other processes read the rules every few seconds. */
  void changed() {
    moderation.refresh(store);
  }

  private boolean isOurs(String target) {
    return target.equals(urls.host())
        || urls.isHome(target)
        || urls.host().endsWith("." + target)
        || (target.indexOf('/') >= 0 && urls.isOurs(URI.create(target)));
  }

  private Optional<String> target(String address) {
    String text = address.strip();
    if (text.startsWith("https://") || text.startsWith("http://")) {
      return Optional.of(text).filter(BlockDesk::isUrl);
    }
    if (text.indexOf('@') >= 0) {
      return addresses.find(text) instanceof Answer.Got<Found>(Found.There there)
          ? Optional.of(there.id().toString())
          : Optional.empty();
    }
    return Domains.canonical(text).filter(domain -> domain.indexOf('.') > 0);
  }

  private static boolean isUrl(String text) {
    try {
      return URI.create(text).getHost() != null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
