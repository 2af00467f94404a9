// Keeps what a reader asked for, so that it works without a connection, also after the browser was closed.
// In:  fetches of this site's pages; messages {kind: "keep" | "ask", urls} with a port.   Out: answers; {state, bytes} on the port.
// A build of the site is an edition. edition.json names its files and their digests; nothing is kept that does not have its
// digest, and a page that came from another edition is given nothing of the kept one. The copy is replaced as a whole,
// and only when a reader asks (Begin): a page that merely passes by costs nobody 17 MB. Readers online see the site as it is.
"use strict";

const root = new URL("./", self.location.href).href;
const OURS = `komainu ${new URL(root).pathname} `; // other sites may stand on the same host
const LIST = `${root}edition.json`;
const STRANGERS = `${OURS}strangers`;
const WAIT_MS = 3000; // for a page of which there is a copy

// --- names
const isPage = (path) => path.endsWith("index.html");
const address = (path) => root + path.replace(/(^|\/)index\.html$/, "$1");
const engine = (path) => path.match(/^engine\/[^/]+\//)?.[0];
const shelf = (edition, path) => OURS + (engine(path) || edition.edition); // the engine's folder is named by its content

// The path of an address below the site, as edition.json has it.
function place(url) {
  const { origin, pathname } = new URL(url, root);
  if (!(origin + pathname).startsWith(root)) return "";
  return decodeURI(origin + pathname).slice(decodeURI(root).length).replace(/(^|\/)$/, "$1index.html");
}

// --- what is kept
let edition = null; // the newest whole one, read once; null when there is none

async function current() {
  if (edition) return edition;
  for (const name of (await caches.keys()).filter((one) => one.startsWith(OURS)).reverse()) {
    const list = await (await caches.open(name)).match(LIST);
    if (list) return (edition = await list.json());
  }
  return null;
}

const copy = async (from, path) => (await caches.open(shelf(from, path))).match(address(path));

async function genuine(list, path, bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("") === list.files[path][0];
}

// Keeps an answer if it is what the edition says; whether it was.
async function store(list, path, answer) {
  const bytes = await answer.arrayBuffer();
  if (!answer.ok || !(await genuine(list, path, bytes))) return false;
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  await (await caches.open(shelf(list, path))).put(address(path), new Response(bytes, { headers }));
  return true;
}

// One file of an edition: already there, taken over from the last one, or fetched; past the browser's own cache if that is stale.
async function fill(list, old, path) {
  if (await copy(list, path)) return;
  const before = old?.files[path]?.[0] === list.files[path][0] && (await copy(old, path));
  if (before && (await store(list, path, before))) return;
  for (const cache of ["default", "reload"]) if (await store(list, path, await fetch(address(path), { cache }))) return;
  throw new Error("altered");
}

// The styles, scripts and pictures that a page names.
async function parts(list, path) {
  const text = await (await copy(list, path)).text();
  const named = [...text.matchAll(/<(?:link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"/g)].map((tag) => place(new URL(tag[1], address(path))));
  return named.filter((one) => one in list.files && !isPage(one));
}

async function keep({ urls }) {
  const old = await current();
  const answer = await fetch(LIST, { cache: "no-cache" }).catch(() => null);
  if (!answer) return asked({ urls });
  if (!answer.ok) throw new Error("altered");
  const list = await answer.json();
  const wanted = new Set(urls.map(place).flatMap((path) => below(list, path)));
  if (old && old.edition !== list.edition) for (const path of await held(old)) if (path in list.files) wanted.add(path);
  for (const path of [...wanted].filter(isPage)) await fill(list, old, path);
  for (const path of [...wanted].filter(isPage)) for (const part of await parts(list, path)) wanted.add(part);
  const ends = await Promise.allSettled([...wanted].map((path) => fill(list, old, path)));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason; // only after all have ended: none may write into what is dropped now
  await (await caches.open(OURS + list.edition)).put(LIST, new Response(JSON.stringify(list))); // now it is whole
  edition = list;
  await tidy(list);
  return { state: "kept", bytes: weight(list, wanted) };
}

// An address with all below it if it is the engine's folder. A page whose engine is not there belongs to another edition.
function below(list, path) {
  if (!engine(path)) return path in list.files ? [path] : [];
  const found = Object.keys(list.files).filter((one) => engine(one) === engine(path));
  if (!found.length) throw new Error("newer");
  return found;
}

const held = async (list) => (await (await caches.open(OURS + list.edition)).keys()).map(({ url }) => place(url));
const weight = (list, paths) => [...paths].reduce((sum, path) => sum + list.files[path][1], 0);

// Whether all of it is there, without a request.
async function asked({ urls, from = "" }) {
  edition = null; // the reader may have emptied the browser's storage
  const list = await current();
  if (!list) return { state: "absent" };
  if (await stranger(from)) throw new Error("newer");
  const wanted = urls.map(place).flatMap((path) => below(list, path));
  for (const path of wanted) if (!(await copy(list, path))) return { state: "absent" };
  return { state: "kept", bytes: weight(list, wanted) };
}

// Drops all but this edition, unless another tab may still be showing an older one.
async function tidy(list) {
  const tabs = (await clients.matchAll({ type: "window", includeUncontrolled: true })).filter(({ url }) => url.startsWith(root));
  if (tabs.length <= 1) await drop(list);
}

async function drop(list) {
  const wanted = list ? new Set([OURS + list.edition, ...Object.keys(list.files).filter(engine).map((path) => shelf(list, path))]) : new Set();
  for (const name of await caches.keys()) if (name.startsWith(OURS) && !wanted.has(name)) await caches.delete(name);
}

// Why nothing new could be kept. Half a copy is of no use to anybody: when space is short it goes.
async function failed(error) {
  if (error.name !== "QuotaExceededError") return { state: ["newer", "altered"].includes(error.message) ? error.message : "lost" };
  await drop(await current());
  return { state: "full" };
}

// --- pages of another edition: told by their bytes, and remembered when the browser stops this worker
const strangers = new Map();

function mark(event, verdict) {
  const name = root + event.resultingClientId;
  strangers.set(event.resultingClientId, verdict);
  event.waitUntil(verdict.then(async (is) => { if (is) await (await caches.open(STRANGERS)).put(name, new Response("")); }));
}

async function stranger(id) {
  if (strangers.has(id)) return strangers.get(id);
  return (await caches.has(STRANGERS)) && Boolean(await (await caches.open(STRANGERS)).match(root + id));
}

// --- answers
async function page(event, list, path) {
  const kept = await copy(list, path);
  const network = fetch(event.request).then((answer) => ({ answer, same: store(list, path, answer.clone()).catch(() => false) }));
  const soon = kept ? Promise.race([network.catch(() => null), new Promise((done) => setTimeout(done, WAIT_MS))]) : network;
  const got = await soon;
  if (kept && (!got || got.answer.status >= 500)) {
    mark(event, Promise.resolve(false));
    return kept;
  }
  mark(event, got.same.then((same) => !same));
  return got.answer;
}

async function answer(event) {
  const { request } = event, path = place(request.url), list = await current();
  if (engine(path)) return (await caches.match(address(path))) || fetch(request);
  const going = request.mode === "navigate";
  if (!list || !(path in list.files)) {
    if (going) mark(event, Promise.resolve(Boolean(list)));
    const lost = list && going && `${path}/index.html` in list.files; // a page's address without its slash
    return fetch(request).catch((error) => { if (lost) return Response.redirect(`${address(path)}/`); throw error; });
  }
  if (going) return page(event, list, path);
  if (await stranger(event.clientId)) return fetch(request);
  const kept = await copy(list, path);
  if (kept) return kept;
  const got = await fetch(request);
  event.waitUntil(store(list, path, got.clone()).catch(() => false)); // what a page shows stays with the page
  return got;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(root) && !request.headers.has("range")) event.respondWith(answer(event).catch(() => fetch(request)));
});

let line = Promise.resolve(); // one after the other: two tabs may ask at once
self.addEventListener("message", (event) => {
  const job = { keep, ask: asked }[event.data?.kind], port = event.ports[0];
  if (!job || !port) return;
  line = line.then(() => job({ urls: event.data.urls, from: event.source?.id })).catch(failed).then((found) => port.postMessage(found), () => port.postMessage({ state: "lost" }));
  event.waitUntil(line);
});
