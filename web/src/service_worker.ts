// Keeps one whole version of the site, so that the portal opens without a network, and never mixes two versions.
//
// precache.json, written when the site is built, lists every file with its hash, and the version made of all of them. This worker holds
// the version that it was installed with, in a cache of that name: it answers from there and from nowhere else. A newer worker installs
// its own cache beside it and waits until a page says "take over"; then all pages load anew.
//
// Typefaces for further scripts (fonts/scripts/) are many megabytes that few need: they are no part of an installation. The first time
// that one is asked for it is fetched and kept like the rest, and a newer version takes over what it has the same.

interface Precache {
  version: string;
  files: File[];
  /** Fetched when first asked for. */
  later: File[];
}
interface File {
  path: string;
  hash: string;
}

// Only what this file needs of the worker's global scope (the DOM's types stand in tsconfig.json).
interface WorkerScope {
  addEventListener(type: "install" | "activate", listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void): void;
  skipWaiting(): Promise<void>;
  registration: { scope: string };
}
declare const precache: Precache; // put here when the site is built
const scope = self as unknown as WorkerScope;

const cache_prefix = "connection-agreements-";
const cache_name = cache_prefix + precache.version;

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(removeOlder()));
scope.addEventListener("message", (event) => {
  if (event.data === "take over") void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const file = fileOf(event.request);
  if (file !== undefined) event.respondWith(answer(file, event.request));
});

async function install(): Promise<void> {
  const cache = await caches.open(cache_name);
  await Promise.all(precache.files.map((file) => keep(cache, file)));
  await Promise.all(precache.later.map((file) => takeOver(cache, file)));
}

const addressOf = (file: File) => new URL(file.path, scope.registration.scope).href;

async function keep(cache: Cache, file: File): Promise<Response> {
  const kept = await cache.match(addressOf(file));
  if (kept !== undefined) return kept; // from an installation that was cut off, too
  const response = await fetch(addressOf(file), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${file.path}: ${response.status}`);
  // A server that is just being updated must not get half of each version in here.
  if (!(await isOfThisVersion(response, file))) throw new Error(`${file.path} is not the one of this version`);
  await cache.put(addressOf(file), response.clone());
  return response;
}

/** What an earlier version has fetched need not be fetched again. */
async function takeOver(cache: Cache, file: File): Promise<void> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(cache_prefix) || name === cache_name) continue;
    const kept = await (await caches.open(name)).match(addressOf(file));
    if (kept !== undefined && (await isOfThisVersion(kept, file))) return cache.put(addressOf(file), kept);
  }
}

async function isOfThisVersion(response: Response, file: File): Promise<boolean> {
  return (await hashOf(await response.clone().arrayBuffer())) === file.hash;
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function removeOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(cache_prefix) && name !== cache_name).map((name) => caches.delete(name)));
}

const known = new Map([...precache.files, ...precache.later].map((file) => [file.path, file]));
const isLater = new Set(precache.later);

/** The file of this version that a request is for. */
function fileOf(request: Request): File | undefined {
  if (request.method !== "GET" || !request.url.startsWith(scope.registration.scope)) return undefined;
  const path = request.url.slice(scope.registration.scope.length).split(/[?#]/, 1)[0]!;
  if (request.mode === "navigate" && (path === "" || path === "index.html")) return known.get("index.html");
  return known.get(path);
}

async function answer(file: File, request: Request): Promise<Response> {
  const cache = await caches.open(cache_name);
  if (isLater.has(file)) return keep(cache, file);
  return (await cache.match(addressOf(file))) ?? fetch(request);
}
