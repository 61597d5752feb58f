// Serves the pages of counting from what the page itself laid by, when there is no network. Nothing else is touched.
const CACHE = "yidang-count";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    fetch(request).catch(() =>
      caches.open(CACHE).then((cache) => cache.match(request, { ignoreVary: true })).then((found) => found || Response.error())
    )
  );
});
