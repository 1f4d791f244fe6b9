package im.tombolo.xmpp.service;

import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommunityPosts;
import im.tombolo.core.bridge.ConnectionBridge;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.bridge.MessageBridge;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.bridge.TimelineBridge;

/** The flows that answer for fediverse accounts. */
public record Bridges(
    TimelineBridge timelines,
    SubscriptionBridge subscriptions,
    CommentBridge comments,
    CommunityPosts communities,
    DiscussionBridge discussions,
    PollBridge polls,
    AttachmentBridge attachments,
    ConnectionBridge connections,
    PresenceBridge presences,
    MessageBridge messages,
    PersonalBridges personal) {}
