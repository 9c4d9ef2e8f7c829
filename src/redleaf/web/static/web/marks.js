// Like, save and helpful at once under the finger; taken back with words if the server refuses.
import { post } from "./request.js";
import { toast } from "./toast.js";

export function startMarks() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-mark]");
    if (!button) return;
    event.preventDefault();
    if (document.body.dataset.signedIn !== "yes") {
      location.assign(`/account/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    if (button.dataset.busy) return;
    button.dataset.busy = "yes";
    const on = button.getAttribute("aria-pressed") !== "true";
    show(button.dataset.note, button.dataset.mark, on);
    try {
      const answer = await post(`/note/${button.dataset.note}/mark/${button.dataset.mark}/`, { on: on ? "1" : "0" });
      show(button.dataset.note, button.dataset.mark, answer.on, answer.count);
    } catch (error) {
      show(button.dataset.note, button.dataset.mark, !on);
      toast(error.message);
    } finally {
      delete button.dataset.busy;
    }
  });
}

function show(note, mark, on, count) {
  for (const button of document.querySelectorAll(`[data-mark="${mark}"][data-note="${note}"]`)) {
    button.classList.toggle("is-on", on);
    button.setAttribute("aria-pressed", String(on));
    const number = button.querySelector("[data-count]");
    if (number && count !== undefined) {
      number.textContent = count ? new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 }).format(count) : "";
    }
  }
}
