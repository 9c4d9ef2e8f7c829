// Suggestions under the search box: a combobox that the keyboard and screen readers can use.
const WAIT_MILLISECONDS = 120;

export function startSuggestions() {
  for (const form of document.querySelectorAll("form[data-suggest]")) start(form);
}

function start(form) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  form.after(list);
  Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" }).forEach(([name, value]) => input.setAttribute(name, value));
  let timer;
  let asked = "";
  let current = -1;
  const hide = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (!text) return hide();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok || input.value.trim() !== text) return;
      list.innerHTML = await answer.text();
    } catch { return; }
    const options = list.querySelectorAll("[role=option]");
    options.forEach((option, index) => { option.id = `suggestion-${index}`; });
    list.hidden = options.length === 0;
    current = -1;
    input.setAttribute("aria-expanded", String(options.length > 0));
  };
  const choose = (step) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (list.hidden || !options.length) return;
    options[current]?.setAttribute("aria-selected", "false");
    current = (current + step + options.length) % options.length;
    options[current].setAttribute("aria-selected", "true");
    options[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[current].id);
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MILLISECONDS); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); choose(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(-1); }
    else if (event.key === "Escape") hide();
    else if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      list.querySelectorAll("[role=option]")[current].querySelector("a").click();
    }
  });
  input.addEventListener("blur", () => setTimeout(hide, 200));
}
