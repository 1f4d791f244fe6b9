package im.tombolo.app.config;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.Forgetting;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.http.client.ClientSettings;
import im.tombolo.http.client.DeliveryWork;
import im.tombolo.http.media.MediaLimits;
import im.tombolo.http.server.ServerSettings;
import im.tombolo.http.signature.Dialects;
import im.tombolo.xmpp.LinkSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the administrator decided; every value has been checked.
 *
 * @param keyEncryptionSecret what private keys are encrypted with in the database
 */
public record Configuration(
    Xmpp xmpp,
    Web web,
    Admin admin,
    Database database,
    Optional<Secret> keyEncryptionSecret,
    BridgeSettings.Choices choices,
    Federation federation,
    Media media,
    Limits limits) {

  /**
   * @param domains served, at least one
   */
  public record Xmpp(
      String component, String host, int port, Secret secret, List<String> domains) {}

  /**
   * @param securityContact of {@code security.txt}
   */
  public record Web(
      URI url,
      InetSocketAddress listen,
      List<String> trustedProxies,
      Optional<URI> securityContact) {}

  /**
   * @param token has to be shown at {@code listen} by whoever asks more than whether all is well;
   *     empty at loopback only
   */
  public record Admin(InetSocketAddress listen, Optional<Secret> token, List<Jid> jids) {}

  /** Either our own server or somebody else's. */
  public sealed interface Database {
    /**
     * @param port 0: any free one
     */
    record Embedded(Path directory, int port) implements Database {}

    record External(String url, String user, Secret password) implements Database {
      /** Without the URL's parameters: a password may be among them. */
      @Override
      public String toString() {
        return "External[" + url.split("\\?", 2)[0] + "]";
      }
    }
  }

  public record Federation(
      boolean authorizedFetch,
      boolean allowPrivateAddresses,
      boolean allowHttp,
      Optional<Path> trustedCertificates,
      Dialects.Preference signatures,
      Servers servers) {}

  /**
   * Which servers are talked to; domains are canonical and stand for all below them.
   *
   * @param allowListOnly whether only {@code allowed} are
   */
  public record Servers(boolean allowListOnly, List<String> allowed, List<String> blocked) {}

  /**
   * @param proxy whether people on XMPP get files of the fediverse through us
   * @param directory of the copies
   */
  public record Media(boolean proxy, Path directory) {}

  /** What the rooms are bounded by. */
  public record Limits(
      BridgeSettings.Limits bridge,
      LinkSettings.Limits xmpp,
      ClientSettings.Limits client,
      ServerSettings.Limits server,
      InboxDoor.Limits inbox,
      DeliveryWork.Limits deliveries,
      MediaLimits media,
      Forgetting.Ages ages,
      int databaseConnections,
      int spareKeys) {}
}
