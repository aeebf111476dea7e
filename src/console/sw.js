// Keeps the console's own files, so that it opens without a network. It answers nothing of the API.

const SHELL = "shell-1";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(["./", "console/console.css", "console/core.js"])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = async () => Promise.all((await caches.keys()).filter((key) => key !== SHELL).map((key) => caches.delete(key)));
  event.waitUntil(old().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).href.slice(self.registration.scope.length).split("#")[0];
  if (event.request.method !== "GET" || (path !== "" && !path.startsWith("console/"))) return;
  event.respondWith(newest(event.request));
});

/** The file as it is now, or as it was last seen. */
async function newest(request) {
  const cache = await caches.open(SHELL);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}
