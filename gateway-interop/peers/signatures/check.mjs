// Signs and verifies requests with the libraries of other servers. One JSON command a line in, one
// JSON answer a line out.
import crypto from "node:crypto";
import readline from "node:readline";
import * as misskey from "@misskey-dev/node-http-message-signatures";
import peertube from "@peertube/http-signature";
import { createSigner, createVerifier, httpbis } from "http-message-signatures";

const path = (url) => new URL(url).pathname + new URL(url).search;
const names = (headers) => Object.keys(headers).map((name) => name.toLowerCase());

const libraries = {
  // What Misskey signs and verifies with.
  misskey: {
    async sign({ method, url, headers, keyId, privatePem }) {
      const request = { method, url: path(url), headers };
      const key = { keyId, privateKeyPem: privatePem };
      const covered = ["(request-target)", ...names(headers)];
      const signed = await misskey.signAsDraftToRequest(request, key, covered);
      return { ...headers, signature: signed.signatureHeader };
    },
    async verify({ method, url, headers, body, publicPem }) {
      const request = { method, url: path(url), headers };
      const parsed = misskey.parseRequestSignature(request);
      const isRight =
        method === "GET" ||
        (await misskey.verifyDigestHeader(request, Buffer.from(body, "base64"), true));
      return isRight && (await misskey.verifyDraftSignature(parsed.value, publicPem));
    },
  },
  // What PeerTube does.
  peertube: {
    async sign({ method, url, headers, keyId, privatePem }) {
      const made = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const request = {
        method,
        path: path(url),
        getHeader: (name) => made[name.toLowerCase()],
        setHeader: (name, value) => (made[name.toLowerCase()] = value),
      };
      peertube.signRequest(request, {
        keyId,
        key: privatePem,
        algorithm: "rsa-sha256",
        authorizationHeaderName: "signature",
        headers: ["(request-target)", ...names(headers)],
      });
      return made;
    },
    async verify({ method, url, headers, publicPem }) {
      const lower = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const parsed = peertube.parseRequest(
        { method, url: path(url), headers: lower },
        { authorizationHeaderName: "signature" },
      );
      return peertube.verifySignature(parsed, publicPem);
    },
  },
  // RFC 9421.
  httpbis: {
    async sign({ method, url, headers, keyId, privatePem, algorithm }) {
      const signed = await httpbis.signMessage(
        {
          key: createSigner(crypto.createPrivateKey(privatePem), algorithm, keyId),
          name: "sig1",
          fields: ["@method", "@target-uri", "@authority", ...names(headers)],
          params: ["created", "keyid", "alg"],
        },
        { method, url, headers },
      );
      return signed.headers;
    },
    async verify({ method, url, headers, publicPem, algorithm }) {
      const key = {
        algs: [algorithm],
        verify: createVerifier(crypto.createPublicKey(publicPem), algorithm),
      };
      return (
        (await httpbis.verifyMessage(
          { keyLookup: async () => key, requiredParams: ["created", "keyid"] },
          { method, url, headers },
        )) === true
      );
    },
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    const library = libraries[command.library];
    answer =
      command.do === "sign"
        ? { headers: await library.sign(command) }
        : { good: await library.verify(command) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
