// What every page has: counters, marks, toasts, the live badge, pictures, the note over the feed.
import { startCarousels } from "./carousel.js";
import { startCounters } from "./counter.js";
import { startBadge } from "./live.js";
import { startMarks } from "./marks.js";
import { startOverlay } from "./overlay.js";
import { startSuggestions } from "./suggest.js";
import { toast } from "./toast.js";

document.documentElement.classList.add("has-script");
startCarousels(document);
startCounters(document);
startMarks();
startOverlay();
startBadge();
startSuggestions();

document.querySelector("[data-focus]")?.focus();
for (const element of document.querySelectorAll(".toasts .toast")) setTimeout(() => element.remove(), element.querySelector("form") ? 20000 : 6000);

document.addEventListener("htmx:afterSwap", (event) => {
  startCarousels(event.target);
  startCounters(event.target);
});
document.addEventListener("htmx:responseError", (event) => {
  const words = event.detail.xhr.responseText;
  toast(words && words.length < 300 && !words.includes("<") ? words : document.body.dataset.failed);
});
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.failed));
document.addEventListener("submit", (event) => {
  // A double click sends once; the button comes back when the page does.
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
forgetOthersNotes();
if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register("/service-worker.js");

// Notes kept for offline are those of one reader: they go when another signs in or nobody is.
function forgetOthersNotes() {
  if (document.body.classList.contains("is-offline")) return;
  try {
    const reader = document.body.dataset.reader;
    if (localStorage.getItem("redleaf-reader") === reader) return;
    localStorage.setItem("redleaf-reader", reader);
    for (const name of ["redleaf-notes", "redleaf-pictures"]) window.caches?.delete(name);
  } catch { /* a browser that keeps nothing has nothing to forget */ }
}
