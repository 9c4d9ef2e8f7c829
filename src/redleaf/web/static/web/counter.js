// Lengths as Chinese readers count: a wide character 1, another 0.5. The server has the same rule.
const WIDE = /[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f000}-\u{1f9ff}\u{1fa70}-\u{1faff}\u{20000}-\u{3fffd}]/u;

export function units(text) {
  let total = 0;
  let joined = false;
  for (const character of text.trim()) {
    if (character === "\u200d") { joined = true; continue; }
    if (joined) { joined = false; continue; }
    if (/[\p{M}\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}]/u.test(character)) continue;
    total += WIDE.test(character) ? 1 : 0.5;
  }
  return total;
}

export function startCounters(root) {
  for (const output of root.querySelectorAll("[data-counter]")) {
    const input = document.getElementById(output.dataset.counter);
    if (!input || output.dataset.started) continue;
    output.dataset.started = "yes";
    const show = () => {
      const limit = Number(output.dataset.limit);
      const count = units(input.value);
      output.textContent = `${Math.ceil(count)} / ${limit}`;
      output.classList.toggle("is-over", count > limit);
    };
    input.addEventListener("input", show);
    output.addEventListener("redleaf:limit", show);
    show();
  }
}
