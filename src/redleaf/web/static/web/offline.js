// The notes that the service worker kept, on the offline page.
const list = document.querySelector("[data-offline-notes]");
const kept = await caches.open("redleaf-notes");
for (const request of (await kept.keys()).reverse()) {
  const answer = await kept.match(request, { ignoreVary: true });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const heading = page.querySelector(".note h1");
  if (!heading) continue;
  const link = document.createElement("a");
  link.href = request.url;
  link.className = "button wide";
  link.textContent = heading.textContent;
  link.lang = heading.closest("[lang]").lang;
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
}
if (list.children.length) list.closest("section").hidden = false;
