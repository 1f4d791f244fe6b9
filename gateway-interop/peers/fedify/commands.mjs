// What the test can ask the peer to do; each command is a function of the JSON object it came in.
import * as vocab from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";
import { parseNodeInfo } from "@fedify/fedify/nodeinfo";
import { actorOf, answerFollow } from "./federate.mjs";

const { Announce, Article, Create, Delete, Document, EmojiReact, Follow, Hashtag, LanguageString, Like, Mention, Note, PUBLIC_COLLECTION, Tombstone, Undo, Update } =
  vocab;

async function document(url) {
  const response = await fetch(url, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

export function commands(state, federation) {
  const ctx = federation.createContext(new URL(state.origin), undefined);
  // Reads afresh, signed as the user, so that servers in secure mode answer too.
  const asUser = async (as = "instance") => ({
    contextLoader: ctx.contextLoader,
    documentLoader: await ctx.getDocumentLoader({ identifier: as }),
  });
  const json = (object) => object?.toJsonLd({ contextLoader: ctx.contextLoader }) ?? null;
  const idUnder = (as, kind) => new URL(`#${kind}/${state.next()}`, ctx.getActorUri(as));

  async function lookup(as, target) {
    const found = await ctx.lookupObject(target, await asUser(as));
    if (!found) throw new Error(`not found: ${target}`);
    return found;
  }

  const toFollowers = (as, activity) =>
    ctx.sendActivity({ identifier: as }, "followers", activity, { preferSharedInbox: true });

  /** Followers, and somebody whom it concerns; `to` an actor, it is for nobody else. */
  async function tell(as, activity, somebody, to) {
    if (!(to instanceof URL)) await toFollowers(as, activity);
    if (somebody) await ctx.sendActivity({ identifier: as }, somebody, activity);
  }

  async function authorOf(as, target) {
    const object = await lookup(as, target);
    return object.getAttribution(await asUser(as));
  }

  /** `to` is an actor's id where it is none of the words. */
  function audience(as, to = "public") {
    if (to instanceof URL) return { to };
    const followers = ctx.getFollowersUri(as);
    if (to === "public") return { to: PUBLIC_COLLECTION, cc: followers };
    if (to === "unlisted") return { to: followers, cc: PUBLIC_COLLECTION };
    return { to: followers };
  }

  function texts(html, language) {
    return language ? { contents: [html, new LanguageString(html, language)] } : { content: html };
  }

  function created(as, kind, command) {
    const id = ctx.getObjectUri(kind, { identifier: as, id: state.next() });
    return new kind({
      id,
      attribution: ctx.getActorUri(as),
      ...texts(command.html, command.language),
      ...(command.title ? { name: command.title } : {}),
      ...(command.summary ? { summary: command.summary, sensitive: true } : {}),
      url: command.url ? new URL(command.url) : id,
      ...(command.picture
        ? { attachments: [new Document({ url: new URL(command.picture), mediaType: "image/png", name: command.alt })] }
        : {}),
      ...(command.parent ? { replyTarget: new URL(command.parent) } : {}),
      tags: [
        ...(command.tags ?? []).map(
          (tag) => new Hashtag({ name: `#${tag}`, href: new URL(`/tags/${tag}`, state.origin) }),
        ),
        ...(command.mention ? [new Mention({ href: command.mention, name: command.mention.href })] : []),
      ],
      published: command.published ? Temporal.Instant.from(command.published) : Temporal.Now.instant(),
      ...audience(as, command.to),
    });
  }

  function envelope(kind, as, object, id, to) {
    return new kind({ id, actor: ctx.getActorUri(as), object, ...audience(as, to) });
  }

  const known = {
    async follow({ as, target }) {
      const actor = await lookup(as, target);
      const follow = new Follow({ id: idUnder(as, "follows"), actor: ctx.getActorUri(as), object: actor.id });
      state.sentFollows.set(`${as} ${actor.id.href}`, { as, target: actor.id.href, follow });
      state.user(as).following.set(actor.id.href, "pending");
      await ctx.sendActivity({ identifier: as }, actor, follow);
      return { id: follow.id.href, target: actor.id.href };
    },

    async undoFollow({ as, target }) {
      const actor = await lookup(as, target);
      const { follow } = state.sentFollows.get(`${as} ${actor.id.href}`);
      state.user(as).following.delete(actor.id.href);
      const undo = new Undo({ id: idUnder(as, "undos"), actor: ctx.getActorUri(as), object: follow });
      await ctx.sendActivity({ identifier: as }, actor, undo);
      return { id: undo.id.href };
    },

    following: ({ as }) => Object.fromEntries(state.user(as).following),
    followers: ({ as }) => [...state.user(as).followers.keys()],

    autoAccept({ on }) {
      state.autoAccept = on;
    },
    pendingFollows: () =>
      [...state.pendingFollows].map(([id, f]) => ({ id, actor: f.follower.id.href, of: f.identifier })),
    accept: ({ id }) => answerFollow(ctx, state, id, true),
    reject: ({ id }) => answerFollow(ctx, state, id, false),

    /** Remembers a post; followers get it unless {quiet: true}: then it is history that nobody was told of. */
    async post(command) {
      const { as } = command;
      const answered = command.parent
        ? await authorOf(as, command.parent)
        : command.mention && (await lookup(as, command.mention));
      const to = command.to === "direct" ? answered.id : command.to;
      const object = created(as, command.title ? Article : Note, { ...command, to, mention: answered?.id });
      const create = envelope(Create, as, object, new URL(`${object.id.href}#create`), to);
      state.user(as).posts.set(object.id.href, { object, create, to, answered });
      if (!command.quiet) await tell(as, create, answered, to);
      return { id: object.id.href, create: create.id.href };
    },

    async edit({ as, id, html, title, language }) {
      const post = state.user(as).posts.get(id);
      post.object = post.object.clone({
        ...texts(html, language),
        ...(title ? { name: title } : {}),
        updated: Temporal.Now.instant(),
      });
      post.create = post.create.clone({ object: post.object });
      const update = envelope(Update, as, post.object, new URL(`${id}#update-${state.next()}`), post.to);
      await tell(as, update, post.to instanceof URL ? post.answered : undefined, post.to);
      return json(post.object);
    },

    async delete({ as, id }) {
      const post = state.user(as).posts.get(id);
      state.user(as).posts.delete(id);
      state.gone.add(id);
      const tombstone = new Tombstone({ id: new URL(id) });
      await tell(as, envelope(Delete, as, tombstone, new URL(`${id}#delete`), post.to), post.answered, post.to);
    },

    /** Shows a post to the followers, and tells its author. */
    async announce({ as, target }) {
      const author = await authorOf(as, target);
      const announce = envelope(Announce, as, new URL(target), idUnder(as, "announces"));
      state.announces.set(announce.id.href, { announce, author });
      await tell(as, announce, author);
      return { id: announce.id.href };
    },

    async undoAnnounce({ as, id }) {
      const { announce, author } = state.announces.get(id);
      await tell(as, envelope(Undo, as, announce, idUnder(as, "undos")), author);
    },

    /** A Like, or an EmojiReact when there is an emoji; its author alone is told. */
    /** Of what cannot be read, `author` says whose it is. */
    async react({ as, target, emoji, author: whose }) {
      const author = whose ? await lookup(as, whose) : await authorOf(as, target);
      const kind = emoji ? EmojiReact : Like;
      const reaction = new kind({
        id: idUnder(as, "reactions"),
        actor: ctx.getActorUri(as),
        object: new URL(target),
        content: emoji,
      });
      state.reactions.set(reaction.id.href, { reaction, author });
      await ctx.sendActivity({ identifier: as }, author, reaction);
      return { id: reaction.id.href };
    },

    async undoReact({ as, id }) {
      const { reaction, author } = state.reactions.get(id);
      const undo = new Undo({ id: idUnder(as, "undos"), actor: ctx.getActorUri(as), object: reaction });
      await ctx.sendActivity({ identifier: as }, author, undo);
    },

    async updateProfile({ as, name, summary, icon }) {
      const user = state.user(as);
      Object.assign(user, JSON.parse(JSON.stringify({ name, summary, icon }))); // without what was not given
      const actor = actorOf(ctx, state, as, await ctx.getActorKeyPairs(as));
      await toFollowers(as, envelope(Update, as, actor, idUnder(as, "updates")));
      return json(actor);
    },

    lookup: async ({ as, target }) => json(await ctx.lookupObject(target, await asUser(as))),
    webfinger: ({ target }) => ctx.lookupWebFinger(target),
    async nodeinfo({ target }) {
      // Fedify's own lookup refuses loopback addresses, so only its parser is used.
      const { links } = await document(new URL("/.well-known/nodeinfo", target));
      const { href } = links.find(({ rel }) => /\/ns\/schema\/2\.[01]$/.test(rel));
      return parseNodeInfo(await document(href));
    },

    /** Every item of somebody's collection, walked by Fedify page by page. */
    async collection({ as, target, property = "outbox" }) {
      const loaders = await asUser(as);
      const actor = await lookup(as, target);
      const collection = await actor[`get${property[0].toUpperCase()}${property.slice(1)}`](loaders);
      const items = [];
      for await (const item of ctx.traverseCollection(collection, loaders)) items.push(await json(item));
      return items;
    },

    received: ({ from = 0 }) => state.received.slice(from),
    wire: ({ from = 0 }) => state.wire.slice(from),
    gets: ({ from = 0 }) => state.gets.slice(from),

    fail({ count }) {
      state.failures = count;
    },
    hang({ on }) {
      state.hanging = on;
      if (!on) for (const response of state.hung) response.destroy();
    },
  };

  return (command) => {
    const run = Object.hasOwn(known, command.do) ? known[command.do] : undefined;
    if (!run) throw new Error(`unknown command: ${command.do}`);
    return run(command);
  };
}
