// What the peer remembers; everything the test may ask about afterwards.
import { generateCryptoKeyPair } from "@fedify/fedify";

// What most servers have; Fedify's own generator takes seconds for 4096 bits.
const RSA_2048 = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
};

export function createState(origin) {
  const users = new Map();
  const keys = new Map();
  return {
    origin,
    autoAccept: true,
    failures: 0, // inbox POSTs still to be answered with 503
    hanging: false, // inbox POSTs get no answer at all
    hung: new Set(),
    wire: [], // every POST, also refused ones
    raw: new Map(), // activity id -> the body that it came in
    gets: [], // every GET
    received: [], // every activity that passed Fedify's checks, once per id
    pendingFollows: new Map(), // id -> {activity, target}
    sentFollows: new Map(), // "as target-id" -> {as, target, follow}
    announces: new Map(), // id -> {announce, author}
    reactions: new Map(), // id -> {reaction, author}
    gone: new Set(), // ids of deleted posts
    sequence: 0,

    next() {
      return `${Date.now()}${String(this.sequence++).padStart(4, "0")}`;
    },

    user(name) {
      if (!users.has(name)) {
        users.set(name, {
          name: `Peer ${name}`,
          summary: `<p>Hello, I am ${name}</p>`,
          icon: "3366cc",
          followers: new Map(),
          following: new Map(),
          posts: new Map(), // id -> {object, create}, oldest first
        });
      }
      return users.get(name);
    },

    keysOf(name) {
      if (!keys.has(name)) {
        keys.set(
          name,
          Promise.all([
            crypto.subtle.generateKey(RSA_2048, true, ["sign", "verify"]),
            generateCryptoKeyPair("Ed25519"),
          ]),
        );
      }
      return keys.get(name);
    },
  };
}
