// Buttons that print the page or copy a text; without script they stay hidden.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-print], [data-copy]");
  if (!button) return;
  if (button.dataset.copy === undefined) {
    window.print();
    return;
  }
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.innerText.trim());
  button.textContent = button.dataset.done;
});

for (const button of document.querySelectorAll("[data-print], [data-copy]")) button.hidden = false;
