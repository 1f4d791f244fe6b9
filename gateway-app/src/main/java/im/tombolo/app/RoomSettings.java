package im.tombolo.app;

import im.tombolo.app.config.Configuration;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.policy.Domains;
import im.tombolo.core.policy.Moderation;
import im.tombolo.http.client.ClientSettings;
import im.tombolo.http.server.ServerSettings;
import im.tombolo.xmpp.LinkSettings;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each room is told of the configuration. */
record RoomSettings(Configuration configuration) {
  private static final Logger LOG = LoggerFactory.getLogger(RoomSettings.class);

  /** An allow-list holds ourselves. */
  Moderation.Choices moderation(GatewayUrls urls) {
    Configuration.Servers servers = configuration.federation().servers();
    Set<String> allowed = new HashSet<>(servers.allowed());
    Domains.canonical(urls.host()).ifPresent(allowed::add);
    return new Moderation.Choices(
        servers.allowListOnly(),
        allowed,
        Set.copyOf(servers.blocked()),
        configuration.admin().jids());
  }

  ClientSettings client(GatewayUrls urls, Moderation moderation) {
    Configuration.Federation federation = configuration.federation();
    if (federation.allowPrivateAddresses() || federation.allowHttp()) {
      LOG.warn("Requests may go to private addresses or by plain HTTP: for tests only");
    }
    return new ClientSettings(
        federation.allowPrivateAddresses(),
        federation.allowHttp(),
        federation.trustedCertificates(),
        "Tombolo/" + Version.read() + " (+" + urls.base() + "/)",
        configuration.limits().client(),
        moderation::refuses);
  }

  /** With an allow-list nobody can be told from others but by their signature. */
  ServerSettings server() {
    return new ServerSettings(
        configuration.web().listen(),
        configuration.web().trustedProxies(),
        configuration.federation().authorizedFetch()
            || configuration.federation().servers().allowListOnly(),
        configuration.limits().server(),
        configuration.web().securityContact());
  }

  LinkSettings link(Jid component) {
    Configuration.Xmpp xmpp = configuration.xmpp();
    return new LinkSettings(
        xmpp.host(),
        xmpp.port(),
        component,
        xmpp.secret().value(),
        xmpp.domains().stream().map(Jid::domain).toList(),
        configuration.limits().xmpp());
  }
}
