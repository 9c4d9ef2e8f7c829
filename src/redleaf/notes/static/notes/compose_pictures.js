// Pictures of a note: sent one by one, put in order by dragging, by keys and by buttons.
import { startCounters } from "../web/counter.js";
import { receive, refuse, upload } from "./compose_upload.js";

const HOLD = 280; // milliseconds that a finger rests before it lifts a picture
const SLACK = 8; // pixels that a hand may tremble

export function startPictures(form, { busy, writing, changed }) {
  const tiles = form.querySelector("[data-tiles]");
  const rows = form.querySelector("[data-uploads]");
  const announce = form.querySelector("[data-announce]");
  const limit = Number(form.dataset.pictures);
  let order = refs();
  let turns = 0;

  function refs() {
    return [...tiles.children].map((tile) => tile.dataset.picture);
  }

  // Brings everything up to date that says at which place a picture stands.
  function arranged(words) {
    const now = refs();
    writing.renumber(order, now);
    order = now;
    [...tiles.children].forEach((tile, index) => {
      tile.querySelector("[data-first]").hidden = index > 0;
      tile.querySelector("[data-number]").textContent = index + 1;
      tile.querySelector("[data-grip-words]").textContent = form.dataset.wordsPicture.replace("{number}", index + 1);
      for (const button of tile.querySelectorAll("[data-move]")) button.value = button.value.replace(/\d+$/, index);
      tile.querySelector("[data-move='-1']").disabled = index === 0;
      tile.querySelector("[data-move='first']").disabled = index === 0;
      tile.querySelector("[data-move='1']").disabled = index === now.length - 1;
    });
    writing.pictures(now.length);
    form.dispatchEvent(new Event("redleaf:pictures"));
    if (words) announce.textContent = words;
  }

  function place(tile) {
    return [...tiles.children].indexOf(tile);
  }

  function moved(tile) {
    arranged(form.dataset.wordsMoved.replace("{place}", place(tile) + 1).replace("{count}", tiles.children.length));
    changed();
  }

  function move(tile, to) {
    const others = [...tiles.children].filter((other) => other !== tile);
    const index = Math.max(0, Math.min(others.length, to));
    if (index === place(tile)) return;
    tiles.insertBefore(tile, others[index] || null);
    moved(tile);
  }

  function remove(tile) {
    const next = tile.nextElementSibling || tile.previousElementSibling;
    tile.remove();
    arranged(form.dataset.wordsRemoved);
    (next?.querySelector("[data-grip]") || form.querySelector("[name=new_pictures]")).focus();
    changed();
  }

  function add(asset, turn) {
    const tile = document.querySelector("template[data-tile]").content.firstElementChild.cloneNode(true);
    tile.dataset.picture = asset.ref;
    tile.querySelector("[name=picture]").value = asset.ref;
    const frame = tile.querySelector(".frame");
    frame.style.setProperty("--colour", asset.colour);
    frame.querySelector("img").src = asset.sources.src;
    const alt = tile.querySelector("textarea");
    const counter = tile.querySelector("[data-counter]");
    alt.name = alt.id = `alt-${asset.ref}`;
    counter.dataset.counter = alt.id;
    counter.setAttribute("for", alt.id);
    // The order in which the pictures were chosen, whichever arrived first.
    tile.dataset.turn = turn;
    const later = [...tiles.children].find((other) => Number(other.dataset.turn) > turn);
    tiles.insertBefore(tile, later || null);
    startCounters(tile);
    arranged(form.dataset.wordsAdded.replace("{name}", asset.name));
    changed();
  }

  function take(files) {
    for (const file of files) {
      const coming = rows.querySelectorAll("progress:not([hidden])").length;
      if (tiles.children.length + coming >= limit) refuse(rows, file.name, form.dataset.wordsFull);
      else {
        const turn = (turns += 1);
        upload(form, rows, file, { kind: "picture", busy, done: (asset) => add(asset, turn) });
      }
    }
  }

  tiles.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const tile = button.closest("li");
    const way = button.dataset.move;
    if (way === "remove") remove(tile);
    else {
      move(tile, way === "first" ? 0 : place(tile) + Number(way));
      (button.disabled ? tile.querySelector("[data-grip]") : button).focus();
    }
  });
  tiles.addEventListener("keydown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    const tile = grip.closest("li");
    const to = { ArrowLeft: place(tile) - 1, ArrowUp: place(tile) - 1, ArrowRight: place(tile) + 1, ArrowDown: place(tile) + 1, Home: 0, End: tiles.children.length }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(tile, to);
      grip.focus();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(tile);
    }
  });
  startDragging(tiles, moved);
  receive(form.querySelector("#pictures [data-drop]"), take);
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length || form.querySelector("#pictures").hidden) return;
    event.preventDefault();
    take(files);
  });
  arranged();
  return { forget: () => { order = refs(); arranged(); } };
}

// A mouse lifts a picture at once, a finger after a moment, so that the page can still be scrolled.
function startDragging(tiles, moved) {
  let lifted;
  const stay = (event) => { if (lifted?.dragging) event.preventDefault(); };
  tiles.addEventListener("touchmove", stay, { passive: false });
  tiles.addEventListener("contextmenu", (event) => { if (event.target.closest("[data-grip]") && lifted) event.preventDefault(); });
  tiles.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    lifted = { grip, tile: grip.closest("li"), x: event.clientX, y: event.clientY, pointer: event.pointerId, dragging: false, from: [...tiles.children].indexOf(grip.closest("li")) };
    if (event.pointerType !== "mouse") lifted.timer = setTimeout(lift, HOLD);
  });
  tiles.addEventListener("pointermove", (event) => {
    if (!lifted || event.pointerId !== lifted.pointer) return;
    const far = Math.hypot(event.clientX - lifted.x, event.clientY - lifted.y) > SLACK;
    if (!lifted.dragging && far) {
      if (event.pointerType === "mouse") lift();
      else return drop();
    }
    if (!lifted?.dragging) return;
    const over = document.elementsFromPoint(event.clientX, event.clientY).map((element) => element.closest?.("li")).find((tile) => tile && tile.parentNode === tiles && tile !== lifted.tile);
    if (!over) return;
    const after = [...tiles.children].indexOf(over) > [...tiles.children].indexOf(lifted.tile);
    tiles.insertBefore(lifted.tile, after ? over.nextElementSibling : over);
  });
  tiles.addEventListener("pointerup", drop);
  tiles.addEventListener("pointercancel", drop);

  function lift() {
    if (!lifted) return;
    lifted.dragging = true;
    lifted.tile.classList.add("is-dragged");
    tiles.setPointerCapture(lifted.pointer);
  }
  function drop() {
    if (!lifted) return;
    clearTimeout(lifted.timer);
    const { tile, from, dragging } = lifted;
    tile.classList.remove("is-dragged");
    lifted = undefined;
    if (dragging && [...tiles.children].indexOf(tile) !== from) moved(tile);
  }
}
