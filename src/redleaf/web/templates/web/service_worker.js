// Keeps the shell and the last notes read for when there is no connection. Pages come from the
// network first; nothing of a signed-in page but notes is kept, and signing out clears everything.
const VERSION = "redleaf-2";
const SHELL = [
  "{{ url("web:offline") }}",
  "{{ static("web/tokens.css") }}", "{{ static("web/base.css") }}",
  "{{ static("web/components.css") }}", "{{ static("web/layouts.css") }}",
  "{{ static("web/icons.svg") }}", "{{ static("web/shell.js") }}",
];
const NOTES = "redleaf-notes";
const NOTES_KEPT = 20;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== VERSION && name !== NOTES) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.method === "POST" && /\/(logout|sign-out)\//.test(address.pathname)) {
    event.waitUntil(caches.delete(NOTES));
    return;
  }
  if (request.method !== "GET") return;
  if (address.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((found) => found || fetch(request)));
  } else if (request.mode === "navigate") {
    event.respondWith(page(request, address));
  }
});

async function page(request, address) {
  try {
    const answer = await fetch(request);
    const isPublic = !(answer.headers.get("Cache-Control") || "").includes("no-store");
    if (answer.ok && isPublic && /^\/note\/[0-9a-z]{26}\/$/.test(address.pathname)) await keep(request, answer.clone());
    return answer;
  } catch {
    return (await caches.match(request)) || (await caches.match("{{ url("web:offline") }}")) || Response.error();
  }
}

async function keep(request, answer) {
  const cache = await caches.open(NOTES);
  await cache.delete(request);
  await cache.put(request, answer);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - NOTES_KEPT))) await cache.delete(old);
}
