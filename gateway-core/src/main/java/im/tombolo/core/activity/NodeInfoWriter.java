package im.tombolo.core.activity;

import im.tombolo.core.address.GatewayUrls;
import tools.jackson.databind.node.ObjectNode;

/** NodeInfo 2.1 (FEP-f1d5), with the link to the instance actor (FEP-2677). */
public final class NodeInfoWriter {
  private NodeInfoWriter() {}

  public static String links(GatewayUrls urls) {
    ObjectNode out = Json.object();
    var links = out.putArray("links");
    links
        .addObject()
        .put("rel", "http://nodeinfo.diaspora.software/ns/schema/2.1")
        .put("href", urls.base() + "/nodeinfo/2.1");
    links
        .addObject()
        .put("rel", "https://www.w3.org/ns/activitystreams#Application")
        .put("href", urls.instanceActor().toString());
    return out.toString();
  }

  public static String document(String version, long actors) {
    ObjectNode out = Json.object();
    out.put("version", "2.1");
    out.putObject("software").put("name", "tombolo").put("version", version);
    out.putArray("protocols").add("activitypub").add("xmpp");
    ObjectNode services = out.putObject("services");
    services.putArray("inbound");
    services.putArray("outbound").add("xmpp");
    out.put("openRegistrations", false);
    out.putObject("usage").putObject("users").put("total", actors);
    out.putObject("metadata");
    return out.toString();
  }
}
