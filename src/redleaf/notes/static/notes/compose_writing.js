// A long note's text: the marks for headings and the like, its picture blocks, its preview.
import { token } from "../web/request.js";

const BLOCK = /^!\[\[picture:(\d{1,2})\]\]$/gm;

export function startWriting(form) {
  const body = form.elements.body;
  const preview = form.querySelector("[data-preview-place]");
  const tabs = [...form.querySelectorAll("[data-show]")];
  const tools = form.querySelector(".tools-row");
  let pictures = 0;

  // Typing, so that the browser can undo it.
  function put(text, from, to) {
    body.focus();
    body.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      body.setRangeText(text, from, to, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function around(mark) {
    const { selectionStart: from, selectionEnd: to, value } = body;
    const chosen = value.slice(from, to);
    put(`${mark}${chosen}${mark}`, from, to);
    if (!chosen) body.setSelectionRange(from + mark.length, from + mark.length);
  }

  function lines(mark) {
    const { selectionStart, selectionEnd, value } = body;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const to = value.indexOf("\n", selectionEnd) < 0 ? value.length : value.indexOf("\n", selectionEnd);
    const chosen = value.slice(from, to).split("\n");
    const marked = chosen.every((line) => line.startsWith(mark));
    put(chosen.map((line) => (marked ? line.slice(mark.length) : mark + line.replace(/^(#{1,4} |- |> )/, ""))).join("\n"), from, to);
  }

  function link() {
    const { selectionStart: from, selectionEnd: to, value } = body;
    const words = value.slice(from, to);
    put(`[${words}](https://)`, from, to);
    const at = from + words.length + 3 + "https://".length;
    if (words) body.setSelectionRange(at, at);
    else body.setSelectionRange(from + 1, from + 1);
  }

  function picture() {
    const used = new Set([...body.value.matchAll(BLOCK)].map((match) => Number(match[1])));
    const number = Array.from({ length: pictures }, (_, index) => index + 1).find((each) => !used.has(each)) || 1;
    const { selectionEnd: at, value } = body;
    const before = value.slice(0, at);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    put(`${gap}![[picture:${number}]]\n\n`, at, at);
  }

  const acts = { heading: () => lines("## "), list: () => lines("- "), quote: () => lines("> "), bold: () => around("**"), link, picture };
  tools.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (tool) acts[tool.dataset.tool]();
  });
  tools.addEventListener("keydown", (event) => {
    // One stop for the Tab key; the arrows go from tool to tool.
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...tools.querySelectorAll("button:not([disabled])")];
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    for (const tool of all) tool.tabIndex = tool === next ? 0 : -1;
    next.focus();
  });
  [...tools.querySelectorAll("button")].forEach((tool, index) => { tool.tabIndex = index ? -1 : 0; });
  body.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || form.elements.kind.value !== "long") return;
    const act = { b: acts.bold, k: acts.link }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  function write() {
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.show === "write"));
    if (!preview.hidden) preview.hidden = true;
    body.parentElement.hidden = false;
  }

  async function look() {
    const content = new FormData(form);
    content.delete("new_pictures");
    content.delete("new_video");
    content.delete("new_captions");
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: content, headers: { "X-CSRFToken": token() } });
      if (!answer.ok || answer.redirected) throw new Error();
      preview.innerHTML = await answer.text();
    } catch {
      preview.textContent = document.body.dataset.failed;
    }
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.show === "preview"));
    preview.hidden = false;
    body.parentElement.hidden = true;
  }

  for (const tab of tabs) tab.addEventListener("click", () => (tab.dataset.show === "preview" ? look() : write()));

  return {
    write,
    pictures(count) {
      pictures = count;
      tools.querySelector("[data-tool=picture]").disabled = count === 0;
    },
    // Picture blocks keep their pictures when these change places; a removed picture's block goes.
    renumber(before, after) {
      if (before.length === after.length && before.every((ref, index) => ref === after[index])) return;
      const place = new Map(after.map((ref, index) => [ref, index + 1]));
      const changed = body.value.replace(BLOCK, (block, number) => {
        const ref = before[Number(number) - 1];
        if (!ref) return block;
        return place.has(ref) ? `![[picture:${place.get(ref)}]]` : "";
      });
      if (changed !== body.value) body.value = changed;
    },
  };
}
