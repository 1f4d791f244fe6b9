// The Fedify federation: actors, collections, objects and the inbox.
import {
  createExponentialBackoffPolicy,
  createFederation,
  InProcessMessageQueue,
  MemoryKvStore,
} from "@fedify/fedify";
import * as vocab from "@fedify/vocab";

const { Accept, Activity, Article, Endpoints, Follow, Image, Note, Person, Reject, Undo } = vocab;
const PAGE = Number(process.env.PAGE_SIZE ?? 5);

export function actorOf(ctx, state, identifier, keyPairs) {
  const user = state.user(identifier);
  return new Person({
    id: ctx.getActorUri(identifier),
    preferredUsername: identifier,
    name: user.name,
    summary: user.summary,
    icon: new Image({
      url: new URL(`/media/${identifier}-${user.icon}.png`, state.origin),
      mediaType: "image/png",
    }),
    inbox: ctx.getInboxUri(identifier),
    outbox: ctx.getOutboxUri(identifier),
    followers: ctx.getFollowersUri(identifier),
    following: ctx.getFollowingUri(identifier),
    endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
    url: new URL(`/@${identifier}`, state.origin),
    manuallyApprovesFollowers: !state.autoAccept,
    publicKey: keyPairs[0].cryptographicKey,
    assertionMethods: keyPairs.map((pair) => pair.multikey),
  });
}

export async function answerFollow(ctx, state, id, accepted) {
  const { activity, follower, identifier } = state.pendingFollows.get(id);
  state.pendingFollows.delete(id);
  const actor = ctx.getActorUri(identifier);
  const kind = accepted ? Accept : Reject;
  if (accepted) state.user(identifier).followers.set(follower.id.href, follower);
  const reply = new kind({ id: new URL(`#answers/${state.next()}`, actor), actor, object: activity });
  await ctx.sendActivity({ identifier }, follower, reply);
  return { id: reply.id.href };
}

async function onFollow(ctx, state, follow) {
  const target = ctx.parseUri(follow.objectId);
  if (target?.type !== "actor") return;
  const follower = await follow.getActor(ctx);
  state.pendingFollows.set(follow.id.href, { activity: follow, follower, identifier: target.identifier });
  if (state.autoAccept) await answerFollow(ctx, state, follow.id.href, true);
}

async function onUndo(ctx, state, undo) {
  const object = await undo.getObject(ctx);
  const target = object instanceof Follow ? ctx.parseUri(object.objectId) : null;
  if (target?.type === "actor") state.user(target.identifier).followers.delete(undo.actorId.href);
}

// The answered Follow is ours, so it is known by its id: what the other side embeds proves nothing.
async function onAnswer(_ctx, state, answer) {
  const sent = [...state.sentFollows.values()].find((s) => s.follow.id.href === answer.objectId?.href);
  if (sent?.target !== answer.actorId.href) return;
  state.user(sent.as).following.set(sent.target, answer instanceof Accept ? "accepted" : "rejected");
}

function inboxes(federation, state) {
  const note = (act) => async (ctx, activity) => {
    state.received.push({
      at: Date.now(),
      type: activity.constructor.name,
      id: activity.id?.href,
      actor: activity.actorId?.href,
      raw: state.raw.get(activity.id?.href),
    });
    await act?.(ctx, state, activity);
  };
  federation
    .setInboxListeners("/users/{identifier}/inbox", "/inbox")
    .setSharedKeyDispatcher(() => ({ identifier: "instance" }))
    .on(Follow, note(onFollow))
    .on(Undo, note(onUndo))
    .on(Accept, note(onAnswer))
    .on(Reject, note(onAnswer))
    .on(Activity, note())
    .onError((_ctx, error) => console.error("inbox", error));
}

function collections(federation, state) {
  federation.setFollowersDispatcher("/users/{identifier}/followers", (_ctx, identifier) => ({
    items: [...state.user(identifier).followers.values()],
  }));
  federation.setFollowingDispatcher("/users/{identifier}/following", (_ctx, identifier) => ({
    items: [...state.user(identifier).following].filter(([, s]) => s === "accepted").map(([id]) => new URL(id)),
  }));
  const creates = (identifier) => [...state.user(identifier).posts.values()].map((p) => p.create).reverse();
  federation
    .setOutboxDispatcher("/users/{identifier}/outbox", (_ctx, identifier, cursor) => {
      const all = creates(identifier);
      const from = Number(cursor ?? 0);
      const nextCursor = from + PAGE < all.length ? String(from + PAGE) : null;
      return { items: all.slice(from, from + PAGE), nextCursor };
    })
    .setCounter((_ctx, identifier) => creates(identifier).length)
    .setFirstCursor(() => "0");
}

export function federate(state, { firstKnock }) {
  const federation = createFederation({
    kv: new MemoryKvStore(),
    queue: new InProcessMessageQueue(),
    origin: state.origin,
    allowPrivateAddress: true,
    firstKnock,
    // Tests stop the other side for seconds, not for hours.
    circuitBreaker: false,
    outboxRetryPolicy: createExponentialBackoffPolicy({
      initialDelay: { milliseconds: 500 },
      factor: 1.3,
      maxDelay: { seconds: 2 },
      maxAttempts: 60,
    }),
  });
  federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
    software: { name: "tombolo-test-peer", version: "1.0.0" },
    protocols: ["activitypub"],
    usage: { users: { total: 1 }, localPosts: 0, localComments: 0 },
  }));
  federation
    .setActorDispatcher("/users/{identifier}", async (ctx, identifier) =>
      actorOf(ctx, state, identifier, await ctx.getActorKeyPairs(identifier)),
    )
    .setKeyPairsDispatcher((_ctx, identifier) => state.keysOf(identifier));
  const object = (ctx, { identifier, id }, kind) =>
    state.user(identifier).posts.get(ctx.getObjectUri(kind, { identifier, id }).href)?.object ?? null;
  federation.setObjectDispatcher(Note, "/users/{identifier}/notes/{id}", (ctx, v) => object(ctx, v, Note));
  federation.setObjectDispatcher(Article, "/users/{identifier}/articles/{id}", (ctx, v) => object(ctx, v, Article));
  inboxes(federation, state);
  collections(federation, state);
  return federation;
}
