package im.tombolo.xmpp.service;

import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.BlockBridge;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.MembershipBridge;

/** The flows behind the gateway's own commands. */
public record PersonalBridges(
    AddressBridge addresses,
    LocalAccounts accounts,
    MembershipBridge membership,
    BlockBridge blocks) {}
