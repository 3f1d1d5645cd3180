// Keeps one whole version of the site, so that the portal opens without a network, and never mixes two versions.
//
// precache.json, written when the site is built, lists every file with its hash, and the version made of all of them. This worker holds
// the version that it was installed with, in a cache of that name: it answers from there and from nowhere else. A newer worker installs
// its own cache beside it and waits until a page says "take over"; then all pages load anew.

interface Precache {
  version: string;
  files: { path: string; hash: string }[];
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
  const path = pathOf(event.request);
  if (path !== undefined) event.respondWith(answer(path, event.request));
});

async function install(): Promise<void> {
  const cache = await caches.open(cache_name);
  await Promise.all(precache.files.map((file) => keep(cache, file)));
}

async function keep(cache: Cache, file: Precache["files"][number]): Promise<void> {
  const address = new URL(file.path, scope.registration.scope).href;
  if ((await cache.match(address)) !== undefined) return; // from an installation that was cut off
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${file.path}: ${response.status}`);
  // A server that is just being updated must not get half of each version in here.
  const bytes = await response.clone().arrayBuffer();
  if ((await hashOf(bytes)) !== file.hash) throw new Error(`${file.path} is not the one of this version`);
  await cache.put(address, response);
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function removeOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(cache_prefix) && name !== cache_name).map((name) => caches.delete(name)));
}

const known = new Set(precache.files.map((file) => file.path));

/** The kept file that a request is for. */
function pathOf(request: Request): string | undefined {
  if (request.method !== "GET" || !request.url.startsWith(scope.registration.scope)) return undefined;
  const path = request.url.slice(scope.registration.scope.length).split(/[?#]/, 1)[0]!;
  if (request.mode === "navigate" && (path === "" || path === "index.html")) return "index.html";
  return known.has(path) ? path : undefined;
}

async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cache_name);
  return (await cache.match(new URL(path, scope.registration.scope).href)) ?? fetch(request);
}
