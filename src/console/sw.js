// Keeps the console's own files, so that it opens without a network and at once. It answers nothing of the API.
// What is kept is answered, and looked up behind it: newer files take the place of all the old ones together.

const SHELL = "shell-1";
const scope = self.registration.scope;
const first = ["./", "console/console.css", "console/core.js"].map((path) => new URL(path, scope).href);

self.addEventListener("install", (event) => {
  event.waitUntil(add(first).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = async () => Promise.all((await caches.keys()).filter((key) => key.startsWith("shell-") && key !== SHELL).map((key) => caches.delete(key)));
  event.waitUntil(old().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  url.hash = url.search = "";
  const isPage = url.href === scope;
  if (event.request.method !== "GET" || !(isPage || url.href.startsWith(`${scope}console/`))) return;
  const answer = kept(url.href);
  event.respondWith(answer);
  if (isPage) event.waitUntil(answer.then(renew));
});

// The files that a page had loaded before there was a worker.
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data)) event.waitUntil(add(event.data.filter((url) => url.startsWith(`${scope}console/`))));
});

async function kept(url) {
  const cache = await caches.open(SHELL);
  const found = await cache.match(url);
  if (found) return found;
  const response = await fetch(url, { cache: "no-cache" });
  if (response.ok) await cache.put(url, response.clone());
  return response;
}

async function add(urls) {
  const cache = await caches.open(SHELL);
  const missing = await Promise.all(urls.map(async (url) => ((await cache.match(url)) ? [] : [url])));
  await cache.addAll(missing.flat());
}

/** Fetches all files again; a browser asks only whether they have changed. */
async function renew() {
  const cache = await caches.open(SHELL);
  const urls = (await cache.keys()).map((request) => request.url);
  const responses = await Promise.all(urls.map((url) => fetch(url, { cache: "no-cache" }).catch(() => null)));
  // Some of them alone would not fit to the others.
  if (responses.some((response) => !response || (!response.ok && response.status !== 404))) return;
  let changed = false;
  await Promise.all(responses.map(async (response, at) => {
    const old = await cache.match(urls[at]);
    if (old?.headers.get("etag") === response.headers.get("etag")) return;
    changed = true;
    await (response.ok ? cache.put(urls[at], response) : cache.delete(urls[at]));
  }));
  if (changed) for (const client of await self.clients.matchAll()) client.postMessage("outdated");
}
