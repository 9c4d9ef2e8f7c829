// Suggestions under the search box: a combobox with groups, for the keyboard and screen readers.
const WAIT_MILLISECONDS = 120;

export function startSuggestions() {
  for (const form of document.querySelectorAll("form[data-suggest]")) start(form);
}

function start(form) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("div");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  list.hidden = true;
  form.after(list);
  Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" }).forEach(([name, value]) => input.setAttribute(name, value));
  const answers = new Map();
  let timer;
  let current = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const hide = () => {
    clearTimeout(timer);
    list.hidden = true;
    mark(-1);
    input.setAttribute("aria-expanded", "false");
  };
  const mark = (place) => {
    const all = options();
    all[current]?.setAttribute("aria-selected", "false");
    current = place;
    if (!all[current]) return input.removeAttribute("aria-activedescendant");
    all[current].setAttribute("aria-selected", "true");
    all[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[current].id);
  };
  const show = (html) => {
    list.innerHTML = html;
    options().forEach((option, index) => { option.id = `suggestion-${index}`; });
    current = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = options().length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const ask = async () => {
    const text = input.value.trim();
    if (answers.has(text)) return show(answers.get(text));
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok) return;
      const html = await answer.text();
      answers.set(text, html);
      if (input.value.trim() === text && document.activeElement === input) show(html);
    } catch { /* Without an answer there is nothing to suggest; the form still searches. */ }
  };
  const move = (step) => {
    const count = options().length;
    if (!count) return;
    mark(current < 0 && step < 0 ? count - 1 : (current + step + count) % count);
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MILLISECONDS); });
  input.addEventListener("focus", () => { if (!input.value.trim()) ask(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // these keys choose characters, not suggestions
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return ask();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      hide();
    } else if (event.key === "Tab") hide();
    else if (event.key === "Enter" && !list.hidden && current >= 0) {
      event.preventDefault();
      options()[current].click();
    }
  });
  input.addEventListener("blur", () => setTimeout(hide, 200));
}
