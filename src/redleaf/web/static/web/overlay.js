// On wide screens a note opens over its feed and has its own address; Back returns to the place.
import { startCarousels } from "./carousel.js";
import { startCounters } from "./counter.js";

const WIDE = "(min-width: 64rem)";
let dialog;
let under = "";

export function startOverlay() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-over]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!matchMedia(WIDE).matches || dialog?.open) return;
    event.preventDefault();
    open(link.href, link);
  });
  window.addEventListener("popstate", (event) => {
    if (dialog?.open && !event.state?.over) dialog.close();
    else if (event.state?.over && !dialog?.open) location.reload();
  });
}

async function open(address, link) {
  const target = new URL(address);
  target.searchParams.set("overlay", "1");
  let html;
  try {
    const answer = await fetch(target, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error();
    html = await answer.text();
  } catch {
    location.assign(address);
    return;
  }
  under = location.href;
  history.pushState({ over: true, under }, "", address); // first, so that its pictures are the note's
  dialog = document.createElement("dialog");
  dialog.className = "over";
  dialog.innerHTML = html;
  document.body.append(dialog);
  const title = document.title;
  const heading = dialog.querySelector("h1");
  if (heading) document.title = heading.textContent;
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) history.back();
  });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); history.back(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.title = title;
    const card = link.closest(".card")?.querySelector(".title") || link;
    card.focus({ preventScroll: true });
  });
  dialog.showModal();
  startCarousels(dialog);
  startCounters(dialog);
  window.htmx?.process(dialog);
  // A part that comes this way brings its scripts by name; the page runs them, once.
  for (const script of dialog.querySelectorAll("script[data-module]")) import(script.src);
}
