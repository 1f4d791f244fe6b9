package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.address.PostRef;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.util.Optional;

/** Whom an address of either network means, and what they are called on the other. Any thread. */
public final class AddressBridge {
  private static final int MAX_LENGTH = 2_048;

  private final ActorDirectory directory;
  private final LocalAccounts accounts;
  private final GatewayUrls urls;
  private final VirtualJids virtual;

  public AddressBridge(ActorDirectory directory, LocalAccounts accounts, BridgeSettings settings) {
    this.directory = directory;
    this.accounts = accounts;
    this.urls = settings.urls();
    this.virtual = settings.virtual();
  }

  /** Somebody with an address on both sides. */
  public sealed interface Found {
    Jid jid();

    Handle handle();

    URI url();

    String name();

    /** A served account. */
    record Here(Jid jid, Handle handle, URI url, String name) implements Found {}

    /**
     * A fediverse account.
     *
     * @param id of the actor
     */
    record There(Jid jid, Handle handle, URI url, String name, URI id) implements Found {}
  }

  /** Whether somebody may have more from the gateway than what everybody can look up. */
  public boolean serves(Jid from) {
    return urls.serves(from.bare());
  }

  /** What a served account is called on the fediverse, whether it is there or not. */
  public Found.Here own(Jid account) {
    return here(account, account.local());
  }

  /** A handle, URL, JID or {@code xmpp:} URI; blocks while servers are asked. */
  public Answer<Found> find(String text) {
    String address = text.strip();
    if (address.length() > MAX_LENGTH) {
      return new Answer.Missing<>();
    }
    if (address.matches("(?i)https?://.*")) {
      return url(address).map(this::byUrl).orElseGet(Answer.Missing::new);
    }
    return jid(address)
        .map(this::byJid)
        .or(() -> Handle.parse(address).map(this::byHandle))
        .orElseGet(Answer.Missing::new);
  }

  /** The virtual JID that a handle or JID means, without asking anybody. */
  public Optional<Jid> virtual(String text) {
    String address = text.strip();
    return jid(address).or(() -> Handle.parse(address).map(virtual::of));
  }

  /** An address of XMPP that can be nothing else. */
  private Optional<Jid> jid(String address) {
    return NodeAddress.jid(address)
        .or(() -> Jid.parse(address).map(Jid::bare).filter(jid -> virtual.handle(jid).isPresent()));
  }

  private static Optional<URI> url(String address) {
    try {
      return Optional.of(URI.create(address));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Answer<Found> byUrl(URI url) {
    Optional<Jid> ours = urls.account(url).or(() -> urls.post(url).map(PostRef::account));
    return ours.map(this::byJid).orElseGet(() -> directory.byId(url).map(this::there));
  }

  private Answer<Found> byJid(Jid jid) {
    return virtual
        .handle(jid)
        .map(handle -> directory.byHandle(handle).map(this::there))
        .orElseGet(() -> accounts.actor(jid).map(AddressBridge.this::here));
  }

  private Answer<Found> byHandle(Handle handle) {
    return urls.byHandle(handle)
        .map(this::byJid)
        .orElseGet(() -> directory.byHandle(handle).map(this::there));
  }

  private Found here(Account account) {
    String name = account.face().name();
    return here(account.address(), name.isEmpty() ? account.address().local() : name);
  }

  private Found.Here here(Jid account, String name) {
    return new Found.Here(account, urls.handle(account), urls.actor(account), name);
  }

  private Found there(RemoteActor actor) {
    return new Found.There(
        virtual.of(actor.handle()),
        actor.handle(),
        actor.profile().page().orElse(actor.id()),
        VCards.nameOf(actor),
        actor.id());
  }
}
