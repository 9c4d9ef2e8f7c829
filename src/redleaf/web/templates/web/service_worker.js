// Keeps the shell and the last notes read for when there is no connection. Pages come from the
// network first; of a member's pages only notes are kept, and they go when somebody else reads here
// (web/shell.js) or signs out.
const SHELL = "redleaf-shell-{{ version }}";
const ADDRESSES = {{ shell|tojson }};
const OFFLINE = ADDRESSES[0];
const NOTES = "redleaf-notes";
const PICTURES = "redleaf-pictures";
const NOTES_KEPT = 20;
const PICTURES_KEPT = 60;
const NOTE = /^\/note\/[0-9a-z]{26}\/$/;

self.addEventListener("install", (event) => {
  // What a page tells while it is being left would end here with the page; it goes straight out.
  event.addRoutes?.({ condition: { urlPattern: "/seen/" }, source: "network" }).catch(() => {});
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL);
    // Without cookies: the offline page is nobody's.
    await shell.addAll(ADDRESSES.map((address) => new Request(address, { credentials: "omit" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (![SHELL, NOTES, PICTURES].includes(name)) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.method === "POST" && address.pathname.endsWith("/logout/")) {
    event.waitUntil(Promise.all([caches.delete(NOTES), caches.delete(PICTURES)]));
    return;
  }
  if (request.method !== "GET") return;
  if (address.pathname.startsWith("/static/")) event.respondWith(fixed(event));
  else if (NOTE.test(address.pathname) && address.searchParams.get("overlay") === "1") event.respondWith(over(event, address));
  else if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (request.destination === "image" && request.referrer && NOTE.test(new URL(request.referrer).pathname)) event.respondWith(picture(event));
});

// A static file at once from what is kept, and anew for the next time.
async function fixed(event) {
  const kept = await caches.match(event.request);
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok && answer.status === 200) await (await caches.open(SHELL)).put(event.request, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return kept;
}

function mayKeep(answer) {
  return answer.ok && !answer.redirected && !(answer.headers.get("Cache-Control") || "").includes("no-store");
}

// A note that opens over a feed is a part; its whole page is fetched behind it, to be kept.
async function over(event, address) {
  const answer = await fetch(event.request);
  if (mayKeep(answer) && !navigator.connection?.saveData) event.waitUntil(whole(address.origin + address.pathname).catch(() => {}));
  return answer;
}

async function whole(address) {
  const answer = await fetch(address);
  if (!mayKeep(answer)) return;
  await keep(NOTES, NOTES_KEPT, address, answer.clone());
  const [, shown = ""] = (await answer.text()).split('class="note-pictures"');
  for (const [, path] of shown.split('class="note-words-side"')[0].matchAll(/<img[^>]* src="(\/media\/[^"]+)"/g)) {
    const picture = await fetch(path);
    if (picture.ok && picture.status === 200) await keep(PICTURES, PICTURES_KEPT, new URL(path, address).href, picture);
  }
}

async function page(event, address) {
  try {
    const answer = await fetch(event.request);
    if (mayKeep(answer) && NOTE.test(address.pathname)) event.waitUntil(keep(NOTES, NOTES_KEPT, event.request.url, answer.clone()));
    return answer;
  } catch {
    return (await (await caches.open(NOTES)).match(event.request.url, { ignoreVary: true })) || (await caches.match(OFFLINE, { ignoreVary: true })) || Response.error();
  }
}

async function picture(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && answer.status === 200) event.waitUntil(keep(PICTURES, PICTURES_KEPT, event.request.url, answer.clone()));
    return answer;
  } catch {
    const kept = await caches.open(PICTURES);
    const exact = await kept.match(event.request.url, { ignoreVary: true });
    return exact || (await otherSize(kept, event.request.url)) || Response.error();
  }
}

// The same picture in another size or format is better than none.
async function otherSize(kept, address) {
  const folder = new URL(address).pathname.split("/").slice(0, 3).join("/");
  const found = (await kept.keys()).find((request) => new URL(request.url).pathname.startsWith(`${folder}/`));
  return found && kept.match(found, { ignoreVary: true });
}

async function keep(name, limit, address, answer) {
  const cache = await caches.open(name);
  await cache.delete(address, { ignoreVary: true });
  await cache.put(address, answer);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - limit))) await cache.delete(old, { ignoreVary: true });
}
