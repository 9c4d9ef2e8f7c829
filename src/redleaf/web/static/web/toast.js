// A short word at the bottom of the screen, read out by screen readers.
export function toast(words) {
  const place = document.querySelector("[data-toasts]");
  if (!place || !words) return;
  const element = document.createElement("div");
  element.className = "toast";
  element.textContent = words;
  place.append(element);
  setTimeout(() => element.remove(), 6000);
}
