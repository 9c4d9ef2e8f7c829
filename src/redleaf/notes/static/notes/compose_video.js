// The video of a note: sent with progress, watched while it is prepared, tried again, captioned.
import { post } from "../web/request.js";
import { toast } from "../web/toast.js";
import { receive, upload } from "./compose_upload.js";

const EVERY = 2000; // milliseconds between two questions

export function startVideo(form, { busy, changed }) {
  const place = form.querySelector("[data-video-place]");
  const rows = form.querySelector("[data-video-uploads]");
  const field = form.elements.namedItem("video");
  let timer;

  function show(asset) {
    const row = place.querySelector("[data-video]");
    if (!row || row.dataset.video !== asset.ref) return;
    row.dataset.state = asset.state;
    row.querySelector("[data-name]").textContent = asset.name;
    const words = { ready: form.dataset.wordsReady, processing: form.dataset.wordsPreparing, failed: "" };
    row.querySelector("[data-words]").textContent = words[asset.state];
    const progress = row.querySelector("[data-progress]");
    progress.hidden = asset.state !== "processing";
    progress.value = asset.progress;
    row.querySelector("[data-failed]").hidden = asset.state !== "failed";
    if (asset.failure_words) row.querySelector("[data-failure]").textContent = asset.failure_words;
    row.querySelector("[data-retry]").hidden = asset.state !== "failed";
    const poster = row.querySelector("[data-poster]");
    if (asset.video.poster) poster.querySelector("img").src = asset.video.poster;
    poster.hidden = !asset.video.poster;
    if (asset.video.captions.length) {
      const languages = asset.video.captions.map((track) => track.language).join(", ");
      row.querySelector("[data-captions]").textContent = form.dataset.wordsCaptions.replace("{languages}", languages);
    }
    clearTimeout(timer);
    if (asset.state === "processing") timer = setTimeout(ask, EVERY);
  }

  async function ask() {
    const row = place.querySelector("[data-video]");
    if (!row) return;
    try {
      const answer = await fetch(`/media/${row.dataset.video}/state/`, { headers: { Accept: "application/json" } });
      if (answer.ok) return show(await answer.json());
    } catch { /* asked again below */ }
    timer = setTimeout(ask, EVERY * 2);
  }

  function add(asset) {
    const row = document.querySelector("template[data-video-row]").content.firstElementChild.cloneNode(true);
    row.dataset.video = asset.ref;
    place.replaceChildren(row);
    field.value = asset.ref;
    show(asset);
    changed();
  }

  async function acted(button, act) {
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      if (error.message) toast(error.message);
    }
    button.disabled = false;
  }

  place.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = event.target.closest("[data-video]");
    if (!button || !row) return;
    event.preventDefault();
    if (button.value.startsWith("remove_video")) {
      clearTimeout(timer);
      row.remove();
      field.value = "";
      form.querySelector("[name=new_video]").focus();
      changed();
    } else if (button.hasAttribute("data-retry")) acted(button, async () => show(await post(`/media/${row.dataset.video}/retry/`, {})));
    else if (button.hasAttribute("data-add-captions")) {
      acted(button, async () => {
        const body = new FormData();
        const file = row.querySelector("[name=new_captions]");
        if (file.files[0]) body.append("file", file.files[0]);
        body.append("language", row.querySelector("[name=captions_language]").value);
        show(await post(`/media/${row.dataset.video}/captions/`, body));
        file.value = "";
      });
    }
  });
  receive(form.querySelector("#video-part [data-drop]"), ([file]) => {
    if (file) upload(form, rows, file, { kind: "video", busy, done: add });
  });
  if (place.querySelector("[data-state=processing]")) ask();
}
