package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.PublicKeys;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Avatars;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Picture;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;

/** Names, texts and pictures of served accounts on their way to the fediverse. */
final class ProfileBridge {
  private final Store store;
  private final XmppNetwork network;
  private final Keyring keyring;
  private final BridgeSettings settings;

  ProfileBridge(Store store, XmppNetwork network, Keyring keyring, BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.keyring = keyring;
    this.settings = settings;
  }

  /** Reads an account's profile from its server; a change goes to its followers. */
  void reconcile(Account account, LocalAccounts.BlogNode blog) {
    Optional<VCards.Card> card = card(account, blog);
    Answer<Element> banner =
        blog.service().isDomain()
            ? new Answer.Missing<>()
            : newest(account.address(), Namespaces.BANNER);
    if (card.isEmpty() || banner instanceof Answer.Unavailable) {
      return;
    }
    Account.Face face =
        new Account.Face(
            card.get().name(),
            card.get().bio(),
            card.get().picture().map(p -> new Account.Avatar(p.sha1(), p.mediaType())),
            banner.value().flatMap(Avatars::banner));
    if (face.equals(account.face())) {
      return;
    }
    PublicKeys keys = keyring.publicKeys(account.address());
    store.inTransaction(session -> {
      if (!LocalAccounts.isBridged(session, settings, account.address())) {
        return false;
      }
      card.get().picture().ifPresent(session.pictures()::save);
      Account changed = session.accounts().find(account.address()).orElse(account).withFace(face);
      session.accounts().save(changed);
      tell(session, settings, changed, keys);
      return true;
    });
  }

  private Optional<VCards.Card> card(Account account, LocalAccounts.BlogNode blog) {
    return blog.service().isDomain()
        ? network
            .metadata(blog.service(), blog.node())
            .value()
            .map(there ->
                new VCards.Card(
                    there.title(), Html.ofPlainText(there.description()), Optional.empty()))
        : person(account.address());
  }

  /**
   * From the nodes of a profile that is public (XEP-0292, XEP-0084), and what they lack from the
   * vcard-temp, which everybody may read. Empty when somebody did not answer.
   */
  private Optional<VCards.Card> person(Jid address) {
    Answer<VCards.Card> vcard = newest(address, Namespaces.VCARD4_NODE).map(VCards::read4);
    Answer<Optional<Picture>> avatar = avatar(address);
    if (vcard instanceof Answer.Unavailable || avatar instanceof Answer.Unavailable) {
      return Optional.empty();
    }
    if (vcard instanceof Answer.Got(VCards.Card card)
        && avatar instanceof Answer.Got(Optional<Picture> picture)) {
      return Optional.of(new VCards.Card(card.name(), card.bio(), picture));
    }
    Answer<VCards.Card> old = network.vcardTemp(address).map(VCards::read);
    if (old instanceof Answer.Unavailable) {
      return Optional.empty();
    }
    VCards.Card rest = old.value().orElse(new VCards.Card("", RichText.EMPTY, Optional.empty()));
    VCards.Card words = vcard.value().orElse(rest);
    return Optional.of(
        new VCards.Card(words.name(), words.bio(), avatar.value().orElse(rest.picture())));
  }

  private Answer<Optional<Picture>> avatar(Jid address) {
    return newest(address, Namespaces.AVATAR_METADATA)
        .flatMap(metadata ->
            Avatars.isThere(metadata)
                ? newest(address, Namespaces.AVATAR_DATA).map(Avatars::read)
                : Answer.got(Optional.empty()));
  }

  private Answer<Element> newest(Jid address, String node) {
    return network
        .newestItems(address, node, 1)
        .flatMap(items ->
            items.stream()
                .flatMap(item -> item.payload().stream())
                .findFirst()
                .<Answer<Element>>map(Answer::got)
                .orElseGet(Answer.Missing::new));
  }

  /** Tells the followers what an account is now. */
  static void tell(Session session, BridgeSettings settings, Account account, PublicKeys keys) {
    String version =
        Ids.key(
            "face",
            account.face().name(),
            account.face().bio().html(),
            account.face().avatar().map(Account.Avatar::sha1).orElse(""),
            account.face().banner().map(image -> image.href().toString()).orElse(""),
            settings.clock().instant().toString());
    Written activity = new ActivityWriter(settings.urls()).updateActor(account, keys, version);
    Jid address = account.address();
    Publication.add(session, settings, address, activity);
    session.deliveries().addForFollowers(activity.key(), address);
  }
}
