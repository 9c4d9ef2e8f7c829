// A note's page: passing it on, and where one stopped reading a long note.
import { post } from "../web/request.js";
import { toast } from "../web/toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share]");
  if (!button) return;
  const address = button.dataset.share;
  try {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) await navigator.share({ title: button.dataset.title, url: address });
    else {
      await navigator.clipboard.writeText(address);
      toast(button.dataset.copied);
    }
  } catch { return; }
  if (document.body.dataset.signedIn === "yes") post(`/note/${button.dataset.note}/mark/share/`, { on: "1" }).catch(() => {});
});

const text = document.querySelector("[data-reading]");
if (text) {
  const key = `reading:${text.dataset.reading}`;
  const kept = Number(localStorage.getItem(key) || 0);
  if (kept > 0.05 && kept < 0.95 && !location.hash) scrollTo({ top: text.offsetTop + kept * text.offsetHeight - 80 });
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      const part = (scrollY + 80 - text.offsetTop) / text.offsetHeight;
      localStorage.setItem(key, String(Math.max(0, Math.min(1, part)).toFixed(3)));
    }, 500);
  }, { passive: true });
}
