// Choosing the boards of a note in a dialog; without script it is a page.
import { post } from "../web/request.js";
import { toast } from "../web/toast.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-board-choice]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  if (document.body.dataset.signedIn !== "yes") return;
  event.preventDefault();
  let html;
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error();
    html = await answer.text();
  } catch {
    location.assign(link.href);
    return;
  }
  open(html, link);
});

function open(html, link) {
  const dialog = document.createElement("dialog");
  dialog.className = "board-dialog";
  dialog.setAttribute("aria-labelledby", "board-choice-title");
  dialog.innerHTML = html;
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href: new URL("boards.css", import.meta.url).href });
  dialog.prepend(sheet);
  (document.querySelector("dialog.over[open]") || document.body).append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  dialog.addEventListener("cancel", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => {
    event.stopPropagation();
    if (event.target === dialog || event.target.closest("[data-close-choice]")) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.querySelector("form").addEventListener("submit", (event) => keep(event, dialog));
  dialog.showModal();
}

async function keep(event, dialog) {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const fields = new FormData(form, event.submitter);
  try {
    const answer = await post(form.action, fields);
    show(form.dataset.boardForm, answer);
    dialog.close();
    toast(answer.words);
  } catch (error) {
    tell(form, error.message);
  } finally {
    delete form.dataset.busy;
  }
}

function tell(form, words) {
  let place = form.querySelector("[data-problem]");
  if (!place) {
    place = document.createElement("p");
    place.className = "notice-bar bad";
    place.dataset.problem = "";
    place.setAttribute("role", "alert");
    form.prepend(place);
  }
  place.textContent = words;
}

function show(note, answer) {
  const format = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });
  for (const button of document.querySelectorAll(`[data-mark="save"][data-note="${note}"]`)) {
    button.classList.toggle("is-on", answer.on);
    button.setAttribute("aria-pressed", String(answer.on));
    const number = button.querySelector("[data-count]");
    if (number) number.textContent = answer.count ? format.format(answer.count) : "";
  }
}
