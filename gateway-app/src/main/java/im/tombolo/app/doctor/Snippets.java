package im.tombolo.app.doctor;

import im.tombolo.app.config.Configuration;
import java.net.InetSocketAddress;

/** What the programs beside the gateway need, for this configuration. Secrets are left out. */
final class Snippets {
  private Snippets() {}

  static String of(Configuration configuration) {
    InetSocketAddress listen = configuration.web().listen();
    String path = configuration.web().url().getPath();
    return """

    For Prosody:

        Component "%1$s"
          component_secret = "the secret of xmpp.secret"

    For ejabberd:

        listen:
          -
            port: %2$d
            ip: "%3$s"
            module: ejabberd_service
            access: all
            hosts:
              "%1$s":
                password: "the secret of xmpp.secret"

    For nginx, in the server of %4$s:

        location ~ ^(%5$s/|/\\.well-known/(webfinger|nodeinfo)$) {
          proxy_pass http://%6$s:%7$d;
          proxy_set_header Host $host;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto $scheme;
        }
    """
        .formatted(
            configuration.xmpp().component(),
            configuration.xmpp().port(),
            configuration.xmpp().host(),
            configuration.web().url().getHost(),
            path.equals("/") ? "" : path,
            listen.getHostString(),
            listen.getPort());
  }
}
