package im.tombolo.xmpp.service;

import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.ApprovalBridge;
import im.tombolo.core.bridge.BlockBridge;
import im.tombolo.core.bridge.ClosedBlogBridge;
import im.tombolo.core.bridge.CommunityModeration;
import im.tombolo.core.bridge.EventBridge;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.MembershipBridge;
import im.tombolo.core.bridge.NoticeBridge;
import im.tombolo.core.bridge.OwnFlags;
import im.tombolo.core.bridge.ReportBridge;
import im.tombolo.core.bridge.VoteBridge;

/** The flows behind the gateway's own commands. */
public record PersonalBridges(
    AddressBridge addresses,
    LocalAccounts accounts,
    MembershipBridge membership,
    ApprovalBridge approvals,
    ClosedBlogBridge closedBlogs,
    BlockBridge blocks,
    OwnFlags flags,
    ReportBridge reports,
    VoteBridge votes,
    EventBridge events,
    CommunityModeration moderation,
    NoticeBridge notices,
    ExportBridge exports) {}
