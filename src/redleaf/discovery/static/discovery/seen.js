// Tells which cards of a list were seen (half of the card in view for a second) and for how long a
// note was read. What is kept of it, and of whom, the server decides: /settings/privacy/ says it.
import { token } from "../web/request.js";

const LEAST = 1000;
const PAUSE = 3000; // between a card that left and the report, so that several go together
const MOST = 60;
const STORE = "redleaf-seen"; // reports that may not have arrived
const KEPT = 20;

const inView = new Map(); // card → moment from which it is looked at, null while the page is away
const told = new WeakSet();
const waiting = new Map(); // receipt → rows
const watched = new WeakSet();
let timer = 0;
let reading = null; // the note that is read: its ref, moment, and whether its opening was told

const sight = new IntersectionObserver((entries) => {
  for (const { target, intersectionRatio } of entries) {
    if (intersectionRatio < 0.49) leave(target);
    else if (!told.has(target) && !inView.has(target)) inView.set(target, isAway() ? null : performance.now());
  }
}, { threshold: 0.5 });

// A list behind another tab or behind a note that lies over it is not looked at.
function isAway() {
  return document.hidden || Boolean(document.querySelector("dialog[open]"));
}

function leave(card) {
  const since = inView.get(card);
  inView.delete(card);
  if (since !== undefined) note(card, since);
}

function note(card, since) {
  const list = card.closest("[data-receipt]");
  const dwell = since === null ? 0 : Math.round(performance.now() - since);
  if (!list || dwell < LEAST || told.has(card)) return;
  told.add(card);
  sight.unobserve(card);
  const rows = waiting.get(list.dataset.receipt) || [];
  waiting.set(list.dataset.receipt, rows);
  rows.push([card.dataset.note, [...list.querySelectorAll(".card[data-note]")].indexOf(card), dwell]);
  if (rows.length >= MOST) send();
  else timer ||= setTimeout(send, PAUSE);
}

function send() {
  clearTimeout(timer);
  timer = 0;
  for (const [receipt, seen] of waiting) tell({ receipt, seen });
  waiting.clear();
}

function tell(report) {
  report.id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  keep([...kept(), report].slice(-KEPT));
  post(report);
}

// keepalive lets it arrive when the page is left; a beacon could not carry the token. Where it does
// not arrive, the next page of this window tells it again, and the server takes each once.
async function post(report) {
  const answer = await fetch("/seen/", {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(report),
  }).catch(() => null);
  if (answer && answer.status < 500) keep(kept().filter((other) => other.id !== report.id));
}

function kept() {
  try {
    const { reader, reports } = JSON.parse(sessionStorage.getItem(STORE));
    return reader === document.body.dataset.reader ? reports : [];
  } catch {
    return [];
  }
}

function keep(reports) {
  try {
    if (reports.length) sessionStorage.setItem(STORE, JSON.stringify({ reader: document.body.dataset.reader, reports }));
    else sessionStorage.removeItem(STORE);
  } catch { /* a browser that keeps nothing tells once */ }
}

function pauseLists() {
  for (const [card, since] of inView) {
    note(card, since);
    if (told.has(card)) inView.delete(card);
    else inView.set(card, null);
  }
}

function pauseReading() {
  if (!reading || reading.since === null) return;
  const dwell = Math.round(performance.now() - reading.since);
  reading.since = null;
  if (dwell < LEAST) return;
  tell({ opened: reading.ref, dwell_ms: dwell, again: reading.isTold });
  reading.isTold = true;
}

function look() {
  for (const card of document.querySelectorAll("[data-receipt] .card[data-note]")) {
    if (watched.has(card)) continue;
    watched.add(card);
    sight.observe(card);
  }
  const found = document.querySelector("dialog[open] [data-opened]") || document.querySelector("main [data-opened]");
  const ref = found?.dataset.opened;
  if (ref !== reading?.ref) {
    pauseReading();
    reading = ref ? { ref, since: null, isTold: false } : null;
  }
  if (reading && reading.since === null && !document.hidden) reading.since = performance.now();
  if (isAway()) pauseLists();
  else for (const [card, since] of inView) if (since === null) inView.set(card, performance.now());
}

function away() {
  pauseLists();
  pauseReading();
  send();
}

for (const report of kept()) post(report);
document.addEventListener("visibilitychange", () => (document.hidden ? away() : look()));
addEventListener("pagehide", away);
addEventListener("pageshow", look);
document.addEventListener("htmx:afterSettle", look);
// A note laid over the list comes and goes as a child of the page; it is open a moment later.
new MutationObserver(() => queueMicrotask(look)).observe(document.body, { childList: true });
look();
