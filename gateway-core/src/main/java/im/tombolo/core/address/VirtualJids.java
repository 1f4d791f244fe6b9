package im.tombolo.core.address;

import java.util.Locale;
import java.util.Optional;

/**
 * The JIDs under which fediverse actors are reached: {@code ada\40social.example@ap.example.org}.
 * One form is canonical; aliases that clients and people write ({@code ada%social.example}, percent
 * escapes of URIs) are understood.
 */
public final class VirtualJids {
  private final Jid component;

  /**
   * @param component domain of the gateway
   */
  public VirtualJids(Jid component) {
    this.component = component;
  }

  public Jid component() {
    return component;
  }

  /** The canonical JID of a fediverse address. */
  public Jid of(Handle handle) {
    return new Jid(JidEscaping.escape(handle.toString()), component.domain(), "");
  }

  /** Whom a JID of ours stands for; empty for foreign JIDs, the gateway itself and nested ones. */
  public Optional<Handle> handle(Jid jid) {
    if (!jid.domain().equals(component.domain()) || jid.isDomain()) {
      return Optional.empty();
    }
    return plain(jid.local())
        .flatMap(Handle::parse)
        .filter(handle -> handle.user().indexOf('@') < 0)
        .filter(handle -> !isOurs(handle.host()));
  }

  private static Optional<String> plain(String local) {
    // Movim keeps the percent escapes of URIs in JIDs: %5C40 and %40, %5C3a before a port.
    String text = local.replace("%5c", "\\").replace("%40", "\\40");
    String unescaped = JidEscaping.unescape(text).toLowerCase(Locale.ROOT);
    if (unescaped.indexOf('@') > 0) {
      return Optional.of(unescaped);
    }
    int percent = unescaped.lastIndexOf('%');
    return percent <= 0
        ? Optional.empty()
        : Optional.of(unescaped.substring(0, percent) + "@" + unescaped.substring(percent + 1));
  }

  private boolean isOurs(String host) {
    return host.equals(component.domain()) || host.endsWith("." + component.domain());
  }
}
