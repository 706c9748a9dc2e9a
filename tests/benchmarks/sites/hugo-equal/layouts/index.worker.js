// Keeps the site at hand without a network. Fresh pages win whenever there is one.
"use strict";
const FAMILY = "bench:";
const CACHE = FAMILY + "{{ now.Unix }}";
const CORE = ["index.html", "style.css", "lists.css", "search.css", "figure.css", "practice.css", "sizing.css", "search/index.js", "practice/index.js", "theme.js", "script.js", "due.js", "sizing.js", "figure.js", "practice.js", "interview.js", "end.js", "transfer.js", "mock.js", "search.js", "icon.svg"];
const PAGES = [];

async function fill() {
  const cache = await caches.open(CACHE);
  const anew = (path) => new Request(path, { cache: "no-cache" });
  await cache.addAll(CORE.map(anew));
  await Promise.allSettled(PAGES.map((page) => cache.add(anew(page))));
}

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    // Without this a browser may hold files of the last release for fresh, for days where
    // the server does not say how long they are.
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
  event.waitUntil(fill());
});

addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === location.origin && !url.pathname.includes("/downloads/");
  if (event.request.method === "GET" && ours) {
    event.respondWith(answer(event.request));
  }
});