// The composer's page: the kinds of note, and the parts that write, send and save.
import { startPictures } from "./compose_pictures.js";
import { startSaving } from "./compose_saving.js";
import { startSuggesting } from "./compose_suggest.js";
import { startVideo } from "./compose_video.js";
import { startWriting } from "./compose_writing.js";
import { units } from "../web/counter.js";
import { toast } from "../web/toast.js";

const form = document.querySelector("[data-composer]");
if (form) start(form);

function start(form) {
  // What is still being sent; publishing waits for it.
  const busy = new Set();
  const kind = form.elements.kind;
  const chips = [...document.querySelectorAll("[name=kind_choice]")];
  const writing = startWriting(form);
  let saving;
  const pictures = startPictures(form, { busy, writing, changed });
  startVideo(form, { busy, changed });
  startSuggesting(form);
  saving = startSaving(form, { restored: () => { showKind(); pictures.forget(); showCovers(); } });

  function changed() {
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function showKind() {
    for (const chip of chips) chip.toggleAttribute("aria-current", chip.value === kind.value);
    for (const chip of chips) if (chip.value === kind.value) chip.setAttribute("aria-current", "true");
    for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(kind.value);
    const covers = form.querySelector("#covers");
    if (kind.value === "long") covers.hidden = form.querySelectorAll("[data-tiles] > li").length > 0;
    const body = form.elements.body;
    body.rows = kind.value === "long" ? 18 : 8;
    const counter = form.querySelector(`[data-counter="${body.id}"]`);
    counter.dataset.limit = kind.value === "long" ? form.dataset.long : form.dataset.short;
    counter.dispatchEvent(new Event("redleaf:limit"));
    if (kind.value !== "long") writing.write();
  }

  function showCovers() {
    const title = form.elements.title.value.trim();
    for (const choice of form.querySelectorAll(".cover-choice")) {
      const words = choice.querySelector(".words");
      const shown = title || choice.querySelector("input").getAttribute("aria-label");
      words.querySelector("strong").textContent = shown;
      words.style.setProperty("--units", units(shown));
      words.lang = form.elements.language.selectedOptions[0]?.value.replace("zh-hans", "zh-Hans").replace("zh-hant", "zh-Hant") || "";
    }
  }

  function showList() {
    const list = form.querySelector("[data-audience-list]");
    if (list) list.hidden = form.elements.audience.value !== "list";
  }

  for (const chip of chips) {
    chip.addEventListener("click", (event) => {
      event.preventDefault();
      kind.value = chip.value;
      showKind();
      changed();
    });
  }
  form.elements.title.addEventListener("input", showCovers);
  form.elements.title.addEventListener("keydown", (event) => {
    // Enter in the title goes on to the text; it never sends half a note.
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.elements.body.focus();
  });
  form.elements.language.addEventListener("change", showCovers);
  form.elements.audience.addEventListener("change", showList);
  form.addEventListener("redleaf:pictures", () => {
    showKind();
    saving?.soon();
  });
  form.addEventListener("submit", (event) => {
    if (busy.size) {
      event.preventDefault();
      toast(form.dataset.wordsWait);
    } else saving.stop();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) saving.again(); });
  showKind();
  showCovers();
  showList();
}
