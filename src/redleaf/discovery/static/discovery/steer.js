// Copying the preset of the sliders; the preview itself is htmx.
import { toast } from "../web/toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(button.dataset.copied);
  } catch {
    // A browser that may not copy: the code is marked, for copying by hand.
    getSelection().selectAllChildren(button.previousElementSibling);
  }
});
