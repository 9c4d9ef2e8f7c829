// Saving what is typed: to the server every five seconds, and in the browser at once, so that a
// reload, a lost connection or a closed lid loses nothing. Another window's save is never overwritten
// unseen.
import { token } from "../web/request.js";

const EVERY = 5000; // milliseconds between two saves
const KEEP = 14 * 86400000; // milliseconds that the browser keeps what never reached the server
const FILES = ["new_pictures", "new_video", "new_captions", "captions_language"];

export function startSaving(form, { restored }) {
  const state = form.querySelector("[data-save-state]");
  const conflict = document.querySelector("[data-conflict]");
  const fields = form.elements;
  let changed = form.hasAttribute("data-unsaved");
  let sending = false;
  let stopped = form.hasAttribute("data-hold"); // another window was faster: the writer decides
  let noted;

  function key() {
    return `redleaf:typed:${form.dataset.account}:${fields.draft.value || (fields.note.value ? `note-${fields.note.value}` : "new")}`;
  }

  function typed() {
    const content = new FormData(form);
    for (const name of FILES) content.delete(name);
    content.delete("csrfmiddlewaretoken");
    return content;
  }

  function note(submitted = false) {
    try {
      const pairs = [...typed()].filter(([name]) => !["draft", "revision", "window"].includes(name));
      localStorage.setItem(key(), JSON.stringify({ at: Date.now(), window: fields.window.value, submitted, pairs }));
    } catch { /* the browser has no room, or keeps nothing: the server still does */ }
  }

  function forget() {
    try {
      localStorage.removeItem(key());
    } catch { /* nothing is kept there */ }
  }

  function found() {
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith("redleaf:typed:") && Date.now() - JSON.parse(localStorage.getItem(name)).at > KEEP) localStorage.removeItem(name);
      }
      return JSON.parse(localStorage.getItem(key()) || "null");
    } catch {
      return null;
    }
  }

  // Whether the form that was being sent when the page went away reached the server.
  async function arrived(window) {
    try {
      const answer = await fetch(`/publish/${window}/`, { redirect: "manual" });
      return answer.ok || answer.type === "opaqueredirect";
    } catch {
      return false;
    }
  }

  // Brings back words and choices that never reached the server. Pictures come back with the draft.
  async function bringBack() {
    const kept = found();
    if (!kept || form.hasAttribute("data-unsaved")) return;
    if (kept.submitted && !fields.draft.value && await arrived(kept.window)) return forget();
    const values = new Map(kept.pairs);
    let differs = false;
    for (const [name, value] of values) {
      const field = fields.namedItem(name);
      if (!field || ["picture", "video", "number", "note"].includes(name) || field.type === "file") continue;
      if (field instanceof RadioNodeList) {
        if (field.value !== value && [...field].every((each) => each.type === "radio")) { field.value = value; differs = true; }
      } else if (field.value !== value) {
        field.value = value;
        differs = true;
      }
    }
    if (!differs) return forget();
    changed = true;
    document.querySelector("[data-restored]").hidden = false;
    restored();
    for (const output of form.querySelectorAll("[data-counter]")) output.dispatchEvent(new Event("redleaf:limit"));
  }

  function say(words, isBad = false) {
    state.textContent = words;
    state.classList.toggle("error-text", isBad);
  }

  function told(error) {
    stopped = true;
    say("");
    conflict.hidden = false;
    conflict.querySelector("[data-conflict-words]").textContent = error.message;
    const other = conflict.querySelector("[data-other]");
    other.hidden = !(error.note || error.revision);
    other.href = error.note || form.action;
    if (error.note) other.textContent = form.dataset.wordsGone;
    conflict.dataset.revision = error.revision ?? "";
  }

  async function save({ last = false } = {}) {
    if (!changed || sending || stopped) return;
    changed = false;
    sending = true;
    say(form.dataset.wordsSaving);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: typed(), keepalive: last, headers: { Accept: "application/json", "X-CSRFToken": token() } });
      if (answer.redirected) {
        changed = true;
        say(form.dataset.wordsSignedOut, true);
      } else if (answer.status === 409 || answer.ok) {
        const content = await answer.json();
        if (answer.ok) saved(content);
        else if (["draft_changed", "draft_gone"].includes(content.error.code)) { changed = true; told(content.error); }
        else { changed = true; say(content.error.message, true); }
      } else throw new Error();
    } catch {
      changed = true;
      say(form.dataset.wordsOffline, true);
    } finally {
      sending = false;
    }
  }

  function saved(content) {
    forget();
    fields.draft.value = content.draft;
    fields.revision.value = content.revision;
    form.action = content.address;
    if (changed) note();
    if (location.pathname !== content.address) history.replaceState(history.state, "", content.address);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    say(form.dataset.wordsSaved.replace("{time}", time));
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(noted);
    noted = setTimeout(note, 400);
  });
  form.addEventListener("change", () => { changed = true; note(); });
  setInterval(save, EVERY);
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save({ last: true }); });
  conflict.querySelector("[data-keep-mine]").addEventListener("click", () => {
    const revision = conflict.dataset.revision;
    if (revision) fields.revision.value = revision;
    else {
      // The draft is gone: what is here becomes a draft of its own, from a window of its own.
      fields.draft.value = "";
      fields.revision.value = "0";
      fields.window.value = "";
      form.action = "/publish/";
    }
    conflict.hidden = true;
    stopped = false;
    changed = true;
    save();
  });
  document.querySelector("[data-discard]").addEventListener("click", () => {
    forget();
    stopped = true;
    location.assign(fields.draft.value ? form.action : location.href);
  });
  bringBack();
  return {
    stop() {
      note(true);
      stopped = true;
    },
    soon() {
      setTimeout(save, 200);
    },
    again() {
      stopped = false;
    },
  };
}
