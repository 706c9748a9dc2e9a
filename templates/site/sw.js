// Shows the site without a network. Where there is one, pages come from there.
"use strict";
const CACHE_PREFIX = {{ ("triptych:" ~ deck.id ~ ":") | tojson }};
const CACHE = CACHE_PREFIX + {{ version | tojson }};
const CORE = {{ core | tojson }};
const PAGES = {{ pages | tojson }};

async function fillCache() {
  const cache = await caches.open(CACHE);
  const uncached = (path) => new Request(path, { cache: "no-cache" });
  await cache.addAll(CORE.map(uncached));
  await Promise.allSettled(PAGES.map((page) => cache.add(uncached(page))));
}

async function deleteOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    // Without this a browser may use files of the last release, for days where the server
    // does not say how long they are fresh.
    const response = await fetch(request, { cache: "no-cache" });
    if (response.ok) {
      cache.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) {
      return kept;
    }
    throw error;
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(fillCache());
});

addEventListener("activate", (event) => {
  event.waitUntil(deleteOldCaches().then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === location.origin && !url.pathname.includes("/downloads/");
  if (event.request.method === "GET" && ours) {
    event.respondWith(answer(event.request));
  }
});
