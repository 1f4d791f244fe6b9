package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.KeyIds;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes actor documents with all that servers are known to ask for. */
public final class ActorWriter {
  static final String SIGNATURES = "https://datatracker.ietf.org/doc/html/rfc9421";

  private final GatewayUrls urls;

  public ActorWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /** The actor of a served account. */
  public String write(Account account, PublicKeys keys) {
    return Vocabulary.document(object(account, keys));
  }

  /** The actor that signs our questions. Readable by anybody, it follows nobody. */
  public String instance(PublicKeys keys) {
    ObjectNode out = Json.object();
    String id = urls.instanceActor().toString();
    out.put("id", id).put("type", "Application").put("preferredUsername", urls.host());
    out.put("name", "Tombolo").put("url", id).put("inbox", urls.sharedInbox().toString());
    out.put("outbox", id + "/outbox").put("manuallyApprovesFollowers", true);
    out.putObject("endpoints").put("sharedInbox", urls.sharedInbox().toString());
    implemented(out);
    keys(out, id, keys);
    return Vocabulary.document(out);
  }

  ObjectNode object(Account account, PublicKeys keys) {
    Jid jid = account.address();
    String id = urls.actor(jid).toString();
    ObjectNode out = Json.object();
    out.put("id", id).put("type", account.kind() == ActorKind.GROUP ? "Group" : "Person");
    out.put("preferredUsername", urls.preferredUsername(jid));
    String name = account.face().name();
    out.put("name", name.isEmpty() ? jid.local() : name);
    out.put("summary", account.face().bio().html()).put("url", id);
    out.put("inbox", urls.inbox(jid).toString()).put("outbox", urls.outbox(jid).toString());
    out.put("followers", urls.followers(jid).toString());
    out.put("following", urls.following(jid).toString());
    out.put("featured", urls.featured(jid).toString());
    out.putObject("endpoints").put("sharedInbox", urls.sharedInbox().toString());
    out.put("sharedInbox", urls.sharedInbox().toString());
    out.put("webfinger", urls.handle(jid).toString());
    out.put("manuallyApprovesFollowers", account.approves());
    out.put("discoverable", true).put("indexable", true);
    if (account.kind() == ActorKind.GROUP) {
      // Lemmy takes no list; PeerTube refuses a group that nobody answers for (FEP-1b12).
      out.put("attributedTo", urls.moderators(jid).toString());
    }
    pictures(out, account);
    out.put("published", keys.since().truncatedTo(ChronoUnit.SECONDS).toString());
    out.putArray("alsoKnownAs");
    generator(out);
    out.putArray("attachment")
        .addObject()
        .put("type", "PropertyValue")
        .put("name", "XMPP")
        .put("value", "<a href=\"xmpp:" + uri(jid) + "\">" + html(jid) + "</a>");
    keys(out, id, keys);
    return out;
  }

  private void pictures(ObjectNode out, Account account) {
    account
        .face()
        .avatar()
        .ifPresent(avatar -> {
          ObjectNode icon = out.putObject("icon").put("type", "Image");
          icon.put("mediaType", avatar.mediaType());
          icon.put("url", urls.avatar(account.address(), avatar.sha1()).toString());
        });
    account
        .face()
        .banner()
        .ifPresent(banner -> {
          ObjectNode image = out.putObject("image").put("type", "Image");
          banner.mediaType().ifPresent(type -> image.put("mediaType", type));
          image.put("url", banner.href().toString());
        });
  }

  /** FEP-844e. */
  private static void implemented(ObjectNode application) {
    application
        .putArray("implements")
        .addObject()
        .put("href", SIGNATURES)
        .put("name", "RFC-9421: HTTP Message Signatures");
  }

  private void generator(ObjectNode out) {
    ObjectNode generator = out.putObject("generator").put("type", "Application");
    generator.put("id", urls.instanceActor().toString()).put("name", "Tombolo");
    implemented(generator);
  }

  /** Of the keys for requests only one is shown: several servers read no more. */
  private static void keys(ObjectNode out, String owner, PublicKeys keys) {
    out.putObject("publicKey")
        .put("id", KeyIds.request(owner, keys.version()))
        .put("owner", owner)
        .put("publicKeyPem", keys.rsaPem());
    ArrayNode proofs = out.putArray("assertionMethod");
    multikey(proofs, owner, keys.version(), keys.ed25519Pem());
    keys.formerEd25519Pem().ifPresent(pem -> multikey(proofs, owner, keys.version() - 1, pem));
  }

  private static void multikey(ArrayNode out, String owner, int version, String pem) {
    out.addObject()
        .put("id", KeyIds.proof(owner, version))
        .put("type", "Multikey")
        .put("controller", owner)
        .put("publicKeyMultibase", Multikey.ofEd25519(pem));
  }

  private static String uri(Jid jid) {
    return URLEncoder.encode(jid.local(), StandardCharsets.UTF_8).replace("+", "%20")
        + "@"
        + jid.domain();
  }

  private static String html(Jid jid) {
    return jid.toString().replace("&", "&amp;").replace("<", "&lt;");
  }
}
