// The talk: likes under the finger, pictures sent while one writes, a form that keeps what was typed.
import { startCounters } from "../web/counter.js";
import { post } from "../web/request.js";
import { toast } from "../web/toast.js";
import "./boards.js";

document.addEventListener("click", (event) => {
  const like = event.target.closest("[data-like]");
  if (like) return void toggleLike(event, like);
  const cancel = event.target.closest("[data-cancel]");
  if (cancel?.closest(".reply-place")) {
    event.preventDefault();
    leave(cancel.closest(".reply-place"));
    return;
  }
  const drop = event.target.closest("[data-drop-picture]");
  if (drop) {
    const form = drop.closest("form");
    drop.closest("li").remove();
    form.querySelector("[data-choose]")?.focus();
  }
});

async function toggleLike(event, button) {
  event.preventDefault();
  if (document.body.dataset.signedIn !== "yes") {
    location.assign(`/account/login/?next=${encodeURIComponent(location.pathname)}`);
    return;
  }
  if (button.dataset.busy) return;
  button.dataset.busy = "yes";
  const on = button.getAttribute("aria-pressed") !== "true";
  show(button, on);
  try {
    const answer = await post(button.getAttribute("formaction"), { on: on ? "1" : "0" });
    show(button, answer.on, answer.count);
  } catch (error) {
    show(button, !on);
    toast(error.message);
  } finally {
    delete button.dataset.busy;
  }
}

function show(button, on, count) {
  button.classList.toggle("is-on", on);
  button.setAttribute("aria-pressed", String(on));
  button.value = on ? "0" : "1";
  if (count === undefined) return;
  const format = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });
  button.querySelector("[data-count]").textContent = count ? format.format(count) : "";
}

function leave(place) {
  const reply = place.closest(".comment")?.querySelector(".talk-act");
  place.replaceChildren();
  reply?.focus();
}

// Pictures go up as soon as they are chosen; the form then only names them.
document.addEventListener("change", (event) => {
  const input = event.target.closest("[data-choose]");
  if (!input) return;
  const form = input.closest("form");
  const files = [...input.files];
  input.value = "";
  const place = form.querySelector("[data-attached]");
  const room = Number(form.dataset.picturesMaximum) - place.children.length;
  if (files.length > room) tell(form, form.dataset.tooMany);
  for (const file of files.slice(0, Math.max(0, room))) send(form, place, file);
});

async function send(form, place, file) {
  const row = document.createElement("li");
  const progress = document.createElement("progress");
  progress.className = "progress";
  progress.setAttribute("aria-label", `${form.dataset.uploading}: ${file.name}`);
  row.append(progress);
  place.append(row);
  const body = new FormData();
  body.set("file", file);
  body.set("kind", "picture");
  body.set("key", newKey());
  try {
    attach(form, row, await post("/media/upload/", body));
    tell(form, "");
  } catch (error) {
    row.remove();
    tell(form, error.message);
  }
}

function attach(form, row, asset) {
  const ref = document.createElement("input");
  Object.assign(ref, { type: "hidden", name: "picture", value: asset.ref });
  const picture = document.createElement("img");
  Object.assign(picture, { src: asset.sources.src, alt: "", width: 56, height: 56 });
  const alt = document.createElement("input");
  Object.assign(alt, { className: "input", name: `alt-${asset.ref}`, maxLength: 300, placeholder: form.dataset.alt });
  alt.setAttribute("aria-label", form.dataset.alt);
  const drop = document.createElement("button");
  Object.assign(drop, { type: "button", className: "button round plain" });
  drop.dataset.dropPicture = "";
  drop.setAttribute("aria-label", form.dataset.drop);
  drop.textContent = "×";
  row.replaceChildren(ref, picture, alt, drop);
}

function tell(form, words) {
  const place = form.querySelector("[data-error]");
  if (place) place.textContent = words || "";
}

// A form is held back while a picture is still on its way, whether htmx sends it or the browser.
for (const kind of ["htmx:beforeRequest", "submit"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target;
    if (!form.matches?.("[data-talk-form]")) return;
    const waits = form.querySelector("[data-attached] progress");
    if (waits) event.preventDefault();
    tell(form, waits ? `${form.dataset.uploading}…` : "");
  });
}

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  if (!form.matches?.("[data-talk-form]")) return;
  if (!event.detail.successful) {
    const words = event.detail.xhr?.responseText || "";
    tell(form, words && words.length < 400 && !words.includes("<") ? words : document.body.dataset.failed);
    return;
  }
  const place = form.closest(".reply-place");
  if (place) {
    leave(place);
    return;
  }
  form.reset();
  form.querySelector("textarea").value = "";
  form.querySelector("[data-attached]").replaceChildren();
  form.querySelector("[name=key]").value = newKey();
  form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }));
});

// Drawing the whole talk anew leaves alone what somebody is writing.
let kept = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "talk") return;
  kept = document.querySelector("form[data-talk-form=first] textarea")?.value || "";
});

// What was posted here and comes again with a further page is shown once; menus close after a choice.
document.addEventListener("htmx:afterSettle", (event) => {
  const talk = document.getElementById("talk");
  if (!talk) return;
  const seen = new Map();
  for (const comment of talk.querySelectorAll("article.comment[id]")) {
    const before = seen.get(comment.id);
    if (before) before.closest("li").remove();
    seen.set(comment.id, comment);
  }
  const first = talk.querySelector("form[data-talk-form=first] textarea");
  if (kept && first && !first.value) {
    first.value = kept;
    first.dispatchEvent(new Event("input", { bubbles: true }));
  }
  kept = "";
  for (const menu of talk.querySelectorAll("details.menu[open]")) menu.open = false;
  if (event.target.isConnected) startCounters(event.target);
});

// A key that names one sending; randomUUID needs a secure page, this does not.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
