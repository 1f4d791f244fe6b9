package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** Writes actor documents with all that servers are known to ask for. */
public final class ActorWriter {
  private final GatewayUrls urls;

  public ActorWriter(GatewayUrls urls) {
    this.urls = urls;
  }

  /** The actor of a served account. */
  public String write(Account account, String publicKeyPem) {
    ObjectNode out = Json.object();
    NoteWriter.context(out);
    out.setAll(object(account, publicKeyPem));
    return out.toString();
  }

  /** The actor that signs our questions. Readable by anybody, it follows nobody. */
  public String instance(String publicKeyPem) {
    ObjectNode out = Json.object();
    NoteWriter.context(out);
    String id = urls.instanceActor().toString();
    out.put("id", id).put("type", "Application").put("preferredUsername", urls.host());
    out.put("name", "Tombolo").put("url", id).put("inbox", urls.sharedInbox().toString());
    out.put("outbox", id + "/outbox").put("manuallyApprovesFollowers", true);
    out.putObject("endpoints").put("sharedInbox", urls.sharedInbox().toString());
    key(out, id, publicKeyPem);
    return out.toString();
  }

  ObjectNode object(Account account, String publicKeyPem) {
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
    out.put("manuallyApprovesFollowers", false).put("discoverable", true).put("indexable", true);
    if (account.kind() == ActorKind.GROUP) {
      // PeerTube refuses a group that nobody answers for.
      out.putArray("attributedTo").add(urls.instanceActor().toString());
    }
    account
        .face()
        .avatarSha1()
        .ifPresent(sha1 ->
            out.putObject("icon")
                .put("type", "Image")
                .put("url", urls.avatar(jid, sha1).toString()));
    out.putArray("attachment")
        .addObject()
        .put("type", "PropertyValue")
        .put("name", "XMPP")
        .put("value", "<a href=\"xmpp:" + uri(jid) + "\">" + html(jid) + "</a>");
    key(out, id, publicKeyPem);
    return out;
  }

  private static void key(ObjectNode out, String owner, String pem) {
    out.putObject("publicKey")
        .put("id", owner + "#main-key")
        .put("owner", owner)
        .put("publicKeyPem", pem);
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
