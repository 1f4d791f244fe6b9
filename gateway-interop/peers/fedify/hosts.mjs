// Preloaded into the peer (node --import): lets names such as gateway.test be used without /etc/hosts, and
// gives Node 20 the global that Fedify's queue asks for.
// TOMBOLO_TEST_HOSTS is a list of name=address, separated by commas. Everything in node that connects by name
// (fetch included) ends in dns.lookup.
import dns from "node:dns";

globalThis.navigator ??= { userAgent: `Node.js/${process.versions.node.split(".")[0]}` };

const known = new Map(
  (process.env.TOMBOLO_TEST_HOSTS ?? "")
    .split(",")
    .filter(Boolean)
    .map((pair) => pair.split("=")),
);
const original = dns.lookup;

dns.lookup = function lookup(name, options, callback) {
  const [opts, done] = typeof options === "function" ? [{}, options] : [options ?? {}, callback];
  const address = known.get(name);
  if (address === undefined) return original(name, opts, done);
  const all = typeof opts === "object" && opts.all;
  process.nextTick(() => (all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)));
};
