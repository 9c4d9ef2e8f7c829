// Topics and people while one types # or @: a list under the text, by keys or by pointer.
const WAIT = 150; // milliseconds after the last key
const TOKEN = /(?:^|[^a-zA-Z0-9_\u00c0-\u024f&/#＃@.])([#＃][\p{L}\p{N}\p{M}_·・]{0,40}|@[a-zA-Z0-9_]{0,20})$/u;

export function startSuggesting(form) {
  const body = form.elements.body;
  const list = form.querySelector("[data-suggestions]");
  let timer;
  let current = -1;
  let asked = "";

  body.setAttribute("aria-autocomplete", "list");
  body.setAttribute("aria-controls", list.id);

  function hide() {
    list.hidden = true;
    list.replaceChildren();
    current = -1;
    asked = "";
    body.removeAttribute("aria-activedescendant");
  }

  function typed() {
    if (body.selectionStart !== body.selectionEnd) return "";
    return TOKEN.exec(body.value.slice(Math.max(0, body.selectionStart - 60), body.selectionStart))?.[1] || "";
  }

  async function ask() {
    const token = typed();
    if (!token) return hide();
    if (token === asked) return;
    asked = token;
    let items;
    try {
      const answer = await fetch(`${form.dataset.names}?q=${encodeURIComponent(token)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return hide();
      items = (await answer.json()).items;
    } catch {
      return hide();
    }
    if (typed() !== token) return;
    if (items.length === 1 && items[0].insert === token) return hide();
    list.replaceChildren(...items.map(option));
    list.hidden = items.length === 0;
    current = -1;
    choose(0);
  }

  function option(item, index) {
    const element = document.createElement("li");
    element.id = `body-suggestion-${index}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.dataset.insert = item.insert;
    const words = document.createElement("b");
    words.textContent = item.handle ? item.words : `#${item.words}`;
    const more = document.createElement("span");
    more.className = "quiet small";
    more.textContent = item.handle ? `@${item.handle}` : item.count || "";
    element.append(words, more);
    return element;
  }

  function choose(index) {
    const options = [...list.children];
    if (!options.length) return;
    options[current]?.setAttribute("aria-selected", "false");
    current = (index + options.length) % options.length;
    options[current].setAttribute("aria-selected", "true");
    options[current].scrollIntoView({ block: "nearest" });
    body.setAttribute("aria-activedescendant", options[current].id);
  }

  function take(element) {
    const token = typed();
    const end = body.selectionStart;
    body.setRangeText(`${element.dataset.insert} `, end - token.length, end, "end");
    hide();
    body.focus();
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  body.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  body.addEventListener("click", () => { if (!typed()) hide(); });
  body.addEventListener("blur", () => setTimeout(hide, 200));
  body.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(current + 1);
    else if (event.key === "ArrowUp") choose(current - 1);
    else if (event.key === "Escape") hide();
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[current]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const element = event.target.closest("[role=option]");
    if (element) take(element);
  });
}
