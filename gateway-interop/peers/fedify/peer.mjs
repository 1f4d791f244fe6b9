// A small fediverse server on the Fedify library: the foreign side of the interop tests.
//
// It listens twice: for the fediverse (https on HOST_NAME, LISTEN:PORT with TLS_CERT and TLS_KEY), and for the
// test (plain http on 127.0.0.1:CMD_PORT): POST /_cmd with {"do": NAME, ...}, answered with JSON; a failure is
// {"error": TEXT}. All state is in memory. Any name is a local user.
import http from "node:http";
import https from "node:https";
import fs from "node:fs";
import { federate } from "./federate.mjs";
import { commands } from "./commands.mjs";
import { createState } from "./state.mjs";
import { png } from "./png.mjs";

const port = Number(process.env.PORT);
const listen = process.env.LISTEN ?? "127.0.0.1";
const origin = `https://${process.env.HOST_NAME}${port === 443 ? "" : `:${port}`}`;
const state = createState(origin);
const federation = federate(state, { firstKnock: process.env.FIRST_KNOCK });
const command = commands(state, federation);

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function answer(response, status, type, body) {
  response.writeHead(status, { "content-type": type });
  response.end(body);
}

/** Staged trouble on the inboxes; true when the request was dealt with. */
function refused(record, request, response) {
  if (state.hanging) {
    record.status = 0;
    state.hung.add(response);
    request.socket.on("close", () => state.hung.delete(response));
    return true;
  }
  if (state.failures > 0) {
    state.failures--;
    record.status = 503;
    answer(response, 503, "text/plain", "staged failure");
    return true;
  }
  return false;
}

function remember(body) {
  try {
    state.raw.set(JSON.parse(body).id, body);
  } catch {
    // Not JSON: Fedify will say so.
  }
}

function plain(url, response) {
  const picture = /^\/media\/[a-z0-9]+-([0-9a-f]{6})\.png$/.exec(url.pathname);
  if (picture) answer(response, 200, "image/png", png(picture[1]));
  else if (state.gone.has(url.href)) answer(response, 410, "text/plain", "gone");
  else if (url.pathname.startsWith("/@"))
    answer(response, 200, "text/html", `<!doctype html><title>${url.pathname.slice(2)}</title>`);
  else return false;
  return true;
}

async function fediverse(request, response) {
  const body = await bodyOf(request);
  const url = new URL(request.url, origin);
  const record = { at: Date.now(), method: request.method, path: request.url, headers: request.headers };
  if (request.method === "POST") {
    record.body = body.toString();
    state.wire.push(record);
    remember(record.body);
    if (refused(record, request, response)) return;
  } else {
    state.gets.push(record);
    if (plain(url, response)) return;
  }
  const reply = await federation.fetch(
    new Request(url, {
      method: request.method,
      headers: request.headers,
      body: request.method === "POST" ? body : undefined,
    }),
    { contextData: undefined },
  );
  record.status = reply.status;
  const payload = Buffer.from(await reply.arrayBuffer());
  if (request.method === "POST") record.answer = payload.toString();
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  response.end(payload);
}

async function control(request, response) {
  let result;
  try {
    result = await command(JSON.parse((await bodyOf(request)).toString()));
  } catch (error) {
    result = { error: String(error?.stack ?? error) };
  }
  answer(response, 200, "application/json", JSON.stringify(result ?? null));
}

function guarded(handler) {
  return (request, response) =>
    handler(request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) answer(response, 500, "text/plain", "broken peer");
    });
}

const tls = { cert: fs.readFileSync(process.env.TLS_CERT), key: fs.readFileSync(process.env.TLS_KEY) };
process.on("unhandledRejection", (error) => console.error(error));
http.createServer(guarded(control)).listen(Number(process.env.CMD_PORT), "127.0.0.1");
https
  .createServer(tls, guarded(fediverse))
  .listen(port, listen, () => console.log(`ready ${origin} node ${process.version}`));
