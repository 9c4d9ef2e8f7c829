// One file on its way: a row with its name and progress, a failure in words, and another try.
import { token } from "../web/request.js";

const AT_ONCE = 2;
const waiting = [];
let running = 0;

// Sends `file`; `done` gets what the server answers. The same key again is the same upload.
export function upload(form, place, file, { kind, busy, done }) {
  const row = document.querySelector("template[data-upload-row]").content.firstElementChild.cloneNode(true);
  const progress = row.querySelector("progress");
  const failed = row.querySelector("[data-failed]");
  const again = row.querySelector("[data-again]");
  const key = crypto.randomUUID ? crypto.randomUUID() : keyFromRandom();
  let request;
  row.querySelector("[data-name]").textContent = file.name || form.dataset.wordsPicture.replace("{number}", "");
  place.append(row);

  const fail = (words) => {
    busy.delete(key);
    progress.hidden = true;
    failed.hidden = false;
    failed.textContent = words;
    again.hidden = false;
  };
  const send = (finished) => {
    request = new XMLHttpRequest();
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress.value = (event.loaded / event.total) * 95; });
    request.addEventListener("load", () => {
      if (request.status === 201 && request.response) {
        busy.delete(key);
        row.remove();
        done(request.response);
      } else fail(request.response?.error?.message || document.body.dataset.failed);
    });
    request.addEventListener("error", () => fail(document.body.dataset.failed));
    request.addEventListener("abort", () => busy.delete(key));
    request.addEventListener("loadend", finished);
    const body = new FormData();
    body.append("file", file, file.name || "picture.png");
    body.append("kind", kind);
    body.append("key", key);
    request.send(body);
  };
  const begin = () => {
    busy.add(key);
    progress.hidden = false;
    progress.value = 0;
    failed.hidden = true;
    again.hidden = true;
    waiting.push(send);
    next();
  };
  again.addEventListener("click", begin);
  row.querySelector("[data-drop-row]").addEventListener("click", () => {
    const index = waiting.indexOf(send);
    if (index >= 0) waiting.splice(index, 1);
    request?.abort();
    busy.delete(key);
    row.remove();
  });
  begin();
}

// A row that says at once why a file is not sent.
export function refuse(place, name, words) {
  const row = document.querySelector("template[data-upload-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = name;
  row.querySelector("progress").hidden = true;
  const failed = row.querySelector("[data-failed]");
  failed.hidden = false;
  failed.textContent = words;
  row.querySelector("[data-drop-row]").addEventListener("click", () => row.remove());
  place.append(row);
}

// Files chosen, dropped on `drop`, or pasted, go to `take`.
export function receive(drop, take) {
  const input = drop.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    take(files);
  });
  drop.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    drop.classList.add("is-over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    take([...event.dataTransfer.files]);
  });
}

function next() {
  if (running >= AT_ONCE || !waiting.length) return;
  running += 1;
  waiting.shift()(() => {
    running -= 1;
    next();
  });
  next();
}

function keyFromRandom() {
  // Without a secure context there is no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
