package im.tombolo.http.server;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.port.Store;
import im.tombolo.http.signature.SignatureCheck;

/**
 * What there is to serve.
 *
 * @param version of the product, for NodeInfo
 */
public record Site(
    GatewayUrls urls,
    VirtualJids virtual,
    Store store,
    LocalAccounts accounts,
    Keyring keyring,
    InboxDoor door,
    DiscussionBridge discussions,
    SignatureCheck signatures,
    ExportBridge exports,
    String version) {}
